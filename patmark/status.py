"""The status of a patent: from official events, publications and exports, with its basis, and as the calendar moves it.

An index stores the *base* (what was announced) and the expiry date; the status on a day is derived: `at`, `windows`.
Trademarks have theirs in `patmark/mark_status.py`; both stand on `patmark/lifecycle.py`, and their names are here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from patmark.errors import BadInput
from patmark.kinds import kind_of, stage_of
from patmark.legal_events import RESTORED, effect_of, effect_of_words, event_title
from patmark.lifecycle import (
    BASIS_NAMES,
    LIVES,
    Basis,
    Life,
    LifeRow,
    StatusReading,
    StatusRow,
    Turn,
    Window,
    turned,
    windows_of,
)
from patmark.mark_status import (
    MARK_STATUS_IDS,
    MARK_STATUSES,
    MARK_TURNS,
    MarkStatus,
    mark_status_of,
    mark_status_row,
    stored_mark_status,
)
from patmark.patent import Patent, PatentKind, Stage
from patmark.terms import Expiry, patent_expiry

__all__ = [
    "BASIS_NAMES",
    "LIVES",
    "MARK_STATUSES",
    "MARK_STATUS_IDS",
    "MARK_TURNS",
    "PATENT_STATUSES",
    "PATENT_STATUS_IDS",
    "PATENT_TURNS",
    "Basis",
    "Life",
    "LifeRow",
    "MarkStatus",
    "PatentStatus",
    "StatusReading",
    "StatusRow",
    "StoredStatus",
    "Turn",
    "Window",
    "at",
    "mark_status_of",
    "mark_status_row",
    "status_of",
    "status_row",
    "stored_mark_status",
    "stored_status",
    "windows",
]

#: Ties between events of one day: 无效 before 失效 before 有效 before 审中 (RULES §2.5).
_PRECEDENCE = {Life.UNKNOWN: 0, Life.PENDING: 1, Life.ALIVE: 2, Life.DEAD: 3, Life.VOID: 4}


class PatentStatus(StrEnum):
    FILED = "filed"
    PUBLISHED = "published"
    EXAMINATION = "examination"
    REEXAMINATION = "reexamination"
    GRANTED = "granted"
    PARTIALLY_INVALIDATED = "partially_invalidated"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DEEMED_WITHDRAWN = "deemed_withdrawn"
    DEEMED_ABANDONED = "deemed_abandoned"
    LAPSED = "lapsed"
    EXPIRED = "expired"
    ABANDONED = "abandoned"
    DOUBLE_PATENTING = "double_patenting"
    TERMINATED = "terminated"
    TERM_OVER = "term_over"
    INVALIDATED = "invalidated"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


_P = PatentStatus
PATENT_STATUSES: Mapping[str, StatusRow] = {
    row.status: row
    for row in (
        StatusRow(10, _P.FILED, "受理", "filed", Life.PENDING),
        StatusRow(11, _P.PUBLISHED, "公开", "published", Life.PENDING),
        StatusRow(12, _P.EXAMINATION, "实质审查", "under examination", Life.PENDING),
        StatusRow(13, _P.REEXAMINATION, "复审", "re-examination", Life.PENDING),
        StatusRow(20, _P.GRANTED, "授权", "granted", Life.ALIVE),
        StatusRow(21, _P.PARTIALLY_INVALIDATED, "部分无效", "partly invalidated", Life.ALIVE),
        StatusRow(30, _P.REFUSED, "驳回", "refused", Life.DEAD),
        StatusRow(31, _P.WITHDRAWN, "撤回", "withdrawn", Life.DEAD),
        StatusRow(32, _P.DEEMED_WITHDRAWN, "视为撤回", "deemed withdrawn", Life.DEAD),
        StatusRow(33, _P.DEEMED_ABANDONED, "视为放弃", "deemed abandoned", Life.DEAD),
        StatusRow(34, _P.LAPSED, "未缴年费终止", "lapsed, fee unpaid", Life.DEAD),
        StatusRow(35, _P.EXPIRED, "期限届满", "expired", Life.DEAD),
        StatusRow(36, _P.ABANDONED, "放弃", "abandoned", Life.DEAD),
        StatusRow(37, _P.DOUBLE_PATENTING, "避免重复授权放弃", "abandoned, double patenting", Life.DEAD),
        StatusRow(38, _P.TERMINATED, "终止", "terminated", Life.DEAD),
        StatusRow(39, _P.TERM_OVER, "期限已过", "term over, grant not seen", Life.DEAD),
        StatusRow(40, _P.INVALIDATED, "全部无效", "invalidated", Life.VOID),
        StatusRow(41, _P.REVOKED, "撤销", "revoked", Life.VOID),
        StatusRow(90, _P.UNKNOWN, "状态不详", "unknown", Life.UNKNOWN),
    )
}

PATENT_STATUS_IDS: Mapping[int, StatusRow] = {row.id: row for row in PATENT_STATUSES.values()}


#: From the expiry day on (专利法 42; it is not moved for rest days) a right is over, and no application can become one.
PATENT_TURNS = (
    *(Turn(one, "exd", _P.EXPIRED) for one in (_P.GRANTED, _P.PARTIALLY_INVALIDATED)),
    *(Turn(one, "exd", _P.TERM_OVER) for one in (_P.FILED, _P.PUBLISHED, _P.EXAMINATION, _P.REEXAMINATION, _P.UNKNOWN)),
)


def at(base: str, dated: date | None, today: date, turns: tuple[Turn, ...] = PATENT_TURNS) -> str:
    """The status on a day of a record with this base status, expiry; for marks pass the term's end and MARK_TURNS."""
    return turned(base, dated, today, turns)


def windows(status: str, today: date, turns: tuple[Turn, ...] = PATENT_TURNS) -> tuple[Window, ...]:
    """How to ask an index for a status on a day: a record that fits any one of the windows shows it."""
    return windows_of(status, today, turns)


@dataclass(frozen=True, slots=True)
class StoredStatus:
    """What an index keeps of a status: the base without the calendar, its basis and day, and the term if known."""

    base: str
    basis: Basis
    since: date | None
    term: Expiry | None
    words: str
    as_of: date | None

    @property
    def status(self) -> StatusRow:
        return PATENT_STATUSES[self.base]

    @property
    def dated(self) -> date | None:
        """The day its calendar hangs on: the expiry."""
        return self.term.day if self.term else None


#: Where the type digit stands in a Chinese application number of so many characters (ZC 0006-2003 and before).
_TYPE_DIGIT_AT = {8: 2, 9: 2, 12: 4, 13: 4}


@dataclass(frozen=True, slots=True)
class _Step:
    """One announced change: an event, or the publication that shows it."""

    day: date | None
    status: str
    words: str
    restored: bool = False


def stored_status(patent: Patent) -> StoredStatus:
    """The base status of a patent and its expiry, without today.

    1. Events and publications are laid out by effective day; the last that changes the status decides, on one day
       void before dead before alive before pending. A whole invalidation stays, for the right never was (专利法 47).
    2. A restoration leads back to the status before the end.
    3. An export's status text counts where the events are silent or the text goes further than they do.
    """
    official = _last_step(_steps(patent))
    imported = _imported(patent, official)
    term = _term(patent)
    fresh = _as_of(patent)
    if imported is not None:
        return StoredStatus(imported, Basis.IMPORTED, None, term, patent.status_text, fresh)
    if official is None:
        return StoredStatus(PatentStatus.UNKNOWN, Basis.NONE, None, term, "", fresh)
    return StoredStatus(official.status, Basis.EVENT, official.day, term, official.words, fresh)


def _term(patent: Patent) -> Expiry | None:
    if patent.application is None or patent.application.date is None:
        return None
    office = patent.office or patent.application.country or "CN"
    kind = patent.kind
    if kind is PatentKind.UNKNOWN:
        kind = next((found for found in _kinds(patent, office) if found is not PatentKind.UNKNOWN), kind)
    return patent_expiry(kind, patent.application.date, office)


def _kinds(patent: Patent, office: str) -> Iterator[PatentKind]:
    """The kind of right as the numbers show it."""
    digits = re.sub(r"[^0-9X]", "", patent.application.number.upper()) if patent.application else ""
    if office == "CN" and len(digits) in _TYPE_DIGIT_AT:
        yield kind_of("CN", type_digit=digits[_TYPE_DIGIT_AT[len(digits)]])
    for one in patent.publications:
        yield kind_of(one.country, one.kind, one.date, number=one.number)


def _steps(patent: Patent) -> list[_Step]:
    steps: list[_Step] = []
    for event in patent.events:
        effect = effect_of(event)
        if effect.status and event.country in ("", patent.office or event.country):
            steps.append(_Step(event.effective or event.date, effect.status, event_title(event)))
    for one in patent.publications:
        stage = stage_of(one.country, one.kind, one.date, number=one.number)
        if one.country != patent.office and patent.office:
            continue
        words = f"{one.country}{one.number}{one.kind} "
        if stage is Stage.GRANT:
            steps.append(_Step(one.date, PatentStatus.GRANTED, words + "授权公告"))
        elif stage in (Stage.APPLICATION, Stage.EXAMINED):
            steps.append(_Step(one.date, PatentStatus.PUBLISHED, words + "公布"))
        elif stage is Stage.PARTIAL_INVALIDATION:
            steps.append(_Step(one.date, PatentStatus.PARTIALLY_INVALIDATED, words + "部分无效后的说明书公告"))
    if patent.grant_date is not None:
        steps.append(_Step(patent.grant_date, PatentStatus.GRANTED, "授权公告"))
    return sorted(steps, key=lambda step: (step.day or date.min, _weight(step)))


def _weight(step: _Step) -> int:
    return 5 if step.status == RESTORED else _PRECEDENCE[PATENT_STATUSES[step.status].life]


def _last_step(steps: list[_Step]) -> _Step | None:
    """The deciding step of a sorted list."""
    standing: _Step | None = None
    alive: _Step | None = None
    for step in steps:
        if step.status == RESTORED:
            before = alive.status if alive else PatentStatus.GRANTED
            standing = _Step(step.day, before, step.words, restored=True)
        elif standing is None or PATENT_STATUSES[standing.status].life is not Life.VOID:
            standing = step
        if PATENT_STATUSES[standing.status].life in (Life.ALIVE, Life.PENDING):
            alive = standing
    return standing


def _imported(patent: Patent, official: _Step | None) -> str | None:
    """The status an export's words tell, where they go further than what was announced."""
    told = effect_of_words(patent.status_text, "patent").status
    if not told or official is None:
        return told or None
    here, there = PATENT_STATUSES[official.status], PATENT_STATUSES[told]
    ahead = _PRECEDENCE[there.life] - _PRECEDENCE[here.life]
    if there.life is here.life is Life.PENDING:
        # Pending statuses are numbered in the order of the procedure: an application in examination was published.
        ahead = there.id - here.id
    # An announcement after the export's own day has overtaken it; after a restoration the text must be newer.
    newer = patent.data_date is None or official.day is None or official.day <= patent.data_date
    return told if ahead > 0 and newer and not (official.restored and patent.data_date is None) else None


def _as_of(patent: Patent) -> date | None:
    days = [one.date for one in patent.publications] + [one.date or one.effective for one in patent.events]
    return max((day for day in (*days, patent.data_date, patent.grant_date) if day), default=None)


def status_of(patent: Patent, today: date) -> StatusReading:
    """The status of a patent on a day, with its basis and a sentence (Chinese)."""
    stored = stored_status(patent)
    status = at(stored.base, stored.dated, today)
    if status != stored.base and stored.term is not None:
        sentence, english = _expired_sentence(stored, stored.term), _expired_in_english(stored, stored.term)
        return StatusReading(status, Basis.COMPUTED, stored.dated, stored.as_of, sentence, english)
    return StatusReading(status, stored.basis, stored.since, stored.as_of, _sentence(stored), _in_english(stored))


def _expired_sentence(stored: StoredStatus, expiry: Expiry) -> str:
    years = f"{expiry.term.months // 12}年"
    rule = f"依{expiry.term.source}" + ("" if expiry.verified else "（该期限未经核实）")
    if stored.base in (PatentStatus.GRANTED, PatentStatus.PARTIALLY_INVALIDATED):
        return f"{rule}，自申请日起{years}的保护期已于 {expiry.day} 届满（推算，未计期限补偿；未见官方届满公告）。"
    return f"{rule}，自申请日起{years}已于 {expiry.day} 期满，未见授权记录，已不可能有效（推算）。"


def _sentence(stored: StoredStatus) -> str:
    row = stored.status
    fresh = f"数据截至 {stored.as_of}。" if stored.as_of else "数据日期不详。"
    if stored.basis is Basis.NONE:
        return f"来源中没有法律事件、公告和状态文字，无法判断。{fresh}"
    if stored.basis is Basis.IMPORTED:
        return f"来源文字载为“{stored.words}”，未见对应的官方公告，请以专利登记簿副本为准。{fresh}"
    since = f" {stored.since} " if stored.since else ""
    said = f"依据{since}的“{stored.words}”：{row.zh}。"
    if row.life is Life.ALIVE:
        return f"{said}未见终止或无效的公告，但这不证明专利权仍然有效，请以专利登记簿副本为准。{fresh}"
    return said + fresh


#: What this module itself calls a publication, in English; titles of events stay as the office words them.
_ENGLISH = {
    "授权公告": "grant announced",
    "公布": "published",
    "部分无效后的说明书公告": "specification after partial invalidation",
}


def _expired_in_english(stored: StoredStatus, expiry: Expiry) -> str:
    years = f"{expiry.term.months // 12} years from filing"
    doubt = "" if expiry.verified else ", a term not verified"
    if stored.base in (PatentStatus.GRANTED, PatentStatus.PARTIALLY_INVALIDATED):
        return (
            f"Protection of {years} ended on {expiry.day} (computed{doubt}; term compensation not counted, "
            "no announcement of the expiry seen)."
        )
    return f"The {years} were over on {expiry.day} and no grant was seen: it cannot be in force (computed{doubt})."


def _in_english(stored: StoredStatus) -> str:
    row = stored.status
    fresh = f" Data up to {stored.as_of}." if stored.as_of else " The date of the data is not known."
    if stored.basis is Basis.NONE:
        return f"The sources hold no legal event, publication or status: it cannot be told.{fresh}"
    if stored.basis is Basis.IMPORTED:
        return f"The source says “{stored.words}”; no announcement of it was seen. The patent register decides.{fresh}"
    since = f" of {stored.since}" if stored.since else ""
    number, _, words = stored.words.rpartition(" ")
    words = f"{number} {_ENGLISH[words]}".strip() if words in _ENGLISH else stored.words
    said = f"By the announcement{since} “{words}”: {row.en}."
    if row.life is Life.ALIVE:
        said += " No end or invalidation was seen, which does not prove it is in force: the patent register decides."
    return said + fresh


def status_row(status: str) -> StatusRow:
    """The row of a patent status by its code, Chinese or English name, or number; `BadInput` where there is none."""
    wanted = status.strip().lower()
    for row in PATENT_STATUSES.values():
        if wanted in (row.status, row.zh, row.en, str(row.id)):
            return row
    raise BadInput(
        f"没有“{status}”这种法律状态。", mend="可用：" + "、".join(row.zh for row in PATENT_STATUSES.values())
    )
