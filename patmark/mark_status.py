"""The status of a trademark: from its dates and the words of exports, and as the calendar moves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from patmark.errors import BadInput
from patmark.legal_events import effect_of_words
from patmark.lifecycle import Basis, Life, StatusReading, StatusRow, Turn, turned
from patmark.terms import mark_term, mark_valid_to
from patmark.trademark import Trademark


class MarkStatus(StrEnum):
    FILED = "filed"
    EXAMINATION = "examination"
    PUBLISHED = "published"
    OPPOSED = "opposed"
    REFUSAL_REVIEW = "refusal_review"
    REGISTERED = "registered"
    GRACE = "grace"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"
    REVOKED = "revoked"
    NOT_ACCEPTED = "not_accepted"
    ENDED = "ended"
    INVALIDATED = "invalidated"
    UNKNOWN = "unknown"


_M = MarkStatus
MARK_STATUSES: Mapping[str, StatusRow] = {
    row.status: row
    for row in (
        StatusRow(10, _M.FILED, "申请中", "filed", Life.PENDING),
        StatusRow(11, _M.EXAMINATION, "审查中", "under examination", Life.PENDING),
        StatusRow(12, _M.PUBLISHED, "初审公告", "published for opposition", Life.PENDING),
        StatusRow(13, _M.OPPOSED, "异议中", "opposed", Life.PENDING),
        StatusRow(14, _M.REFUSAL_REVIEW, "驳回复审中", "refusal under review", Life.PENDING),
        StatusRow(20, _M.REGISTERED, "已注册", "registered", Life.ALIVE),
        StatusRow(21, _M.GRACE, "宽展期", "in grace period", Life.ALIVE),
        StatusRow(30, _M.REFUSED, "驳回", "refused", Life.DEAD),
        StatusRow(31, _M.WITHDRAWN, "撤回", "withdrawn", Life.DEAD),
        StatusRow(32, _M.LAPSED, "期满未续展", "not renewed", Life.DEAD),
        StatusRow(33, _M.CANCELLED, "注销", "surrendered", Life.DEAD),
        StatusRow(34, _M.REVOKED, "撤销", "revoked", Life.DEAD),
        StatusRow(35, _M.NOT_ACCEPTED, "不予受理", "not accepted", Life.DEAD),
        StatusRow(36, _M.ENDED, "失效", "ended", Life.DEAD),
        StatusRow(40, _M.INVALIDATED, "宣告无效", "invalidated", Life.VOID),
        StatusRow(90, _M.UNKNOWN, "状态不详", "unknown", Life.UNKNOWN),
    )
}

MARK_STATUS_IDS: Mapping[int, StatusRow] = {row.id: row for row in MARK_STATUSES.values()}

#: 商标法 40: valid through `exp`, then six months of grace, then the registration has lapsed.
MARK_TURNS = (
    Turn(_M.REGISTERED, "exp", _M.GRACE, days=1),
    Turn(_M.GRACE, "exp", _M.LAPSED, months=6, days=1),
)


@dataclass(frozen=True, slots=True)
class StoredMarkStatus:
    """What an index keeps: base status, its basis, last day of the term (`computed`: not stated by the source)."""

    base: str
    basis: Basis
    since: date | None
    valid_to: date | None
    computed: bool
    words: str

    @property
    def status(self) -> StatusRow:
        return MARK_STATUSES[self.base]


def stored_mark_status(mark: Trademark) -> StoredMarkStatus:
    """The base status and last day of the term, without today.

    The words of the source decide where they tell more than the dates; a registration date means registered, a
    preliminary publication 初审公告. Without a stated end the term is computed for Chinese registrations.
    """
    valid_to, computed = mark.valid_to, False
    if valid_to is None and mark.office in ("", "CN") and mark.registration_date is not None:
        valid_to, computed = mark_valid_to(mark.registration_date), True
    told = effect_of_words(mark.status_text, "mark").status
    dated, since = _by_dates(mark)
    if told not in ("", dated) and (dated != MarkStatus.REGISTERED or MARK_STATUSES[told].life is not Life.PENDING):
        # The grace period follows from the date; only without one the word has to carry it.
        base = MarkStatus.REGISTERED if told == MarkStatus.GRACE and valid_to else told
        return StoredMarkStatus(base, Basis.IMPORTED, None, valid_to, computed, mark.status_text)
    basis = Basis.EVENT if dated != MarkStatus.UNKNOWN else Basis.NONE
    return StoredMarkStatus(dated, basis, since, valid_to, computed, "")


def _by_dates(mark: Trademark) -> tuple[str, date | None]:
    registered = mark.registration_date or mark.international_registration_date
    if registered is not None:
        return MarkStatus.REGISTERED, registered
    if mark.preliminary_publication_date is not None:
        return MarkStatus.PUBLISHED, mark.preliminary_publication_date
    if mark.filing_date is not None:
        return MarkStatus.FILED, mark.filing_date
    return MarkStatus.UNKNOWN, None


def mark_status_of(mark: Trademark, today: date) -> StatusReading:
    """The status of a trademark on a day, with its basis and a sentence (Chinese)."""
    stored = stored_mark_status(mark)
    status = turned(stored.base, stored.valid_to, today, MARK_TURNS)
    fresh = f"数据截至 {mark.data_date}。" if mark.data_date else "数据日期不详。"
    if status != stored.base and stored.valid_to is not None:
        how = "推算" if stored.computed else "来源所载"
        grace = mark_term(stored.valid_to).grace_to
        rest = f"宽展期至 {grace}" if status == MarkStatus.GRACE else f"宽展期已于 {grace} 届满"
        sentence = f"专用期至 {stored.valid_to}（{how}），{rest}，未见续展记录（推算，未按休息日顺延）。{fresh}"
        english = _turned_in_english(stored, stored.valid_to, status) + _fresh_in_english(mark)
        return StatusReading(status, Basis.COMPUTED, stored.valid_to, mark.data_date, sentence, english)
    told, english = _sentence(stored) + fresh, _in_english(stored) + _fresh_in_english(mark)
    return StatusReading(status, stored.basis, stored.since, mark.data_date, told, english)


def _sentence(stored: StoredMarkStatus) -> str:
    row = stored.status
    if stored.basis is Basis.NONE:
        return "来源中没有日期和状态文字，无法判断。"
    if stored.basis is Basis.IMPORTED:
        return f"来源文字载为“{stored.words}”，请以商标注册簿为准。"
    said = f"依据 {stored.since} 的日期记载：{row.zh}。"
    return said + ("未见撤销、无效或注销的记载，但这不证明商标仍然有效。" if row.life is Life.ALIVE else "")


def _fresh_in_english(mark: Trademark) -> str:
    return f" Data up to {mark.data_date}." if mark.data_date else " The date of the data is not known."


def _turned_in_english(stored: StoredMarkStatus, valid_to: date, status: str) -> str:
    how = "computed" if stored.computed else "as the source says"
    grace = mark_term(valid_to).grace_to
    rest = f"the grace period runs to {grace}" if status == MarkStatus.GRACE else f"the grace period ended on {grace}"
    return f"Valid to {valid_to} ({how}); {rest}; no renewal seen (computed, not moved for rest days)."


def _in_english(stored: StoredMarkStatus) -> str:
    row = stored.status
    if stored.basis is Basis.NONE:
        return "The sources hold neither dates nor a status: it cannot be told."
    if stored.basis is Basis.IMPORTED:
        return f"The source says “{stored.words}”; the trademark register decides."
    said = f"By the date recorded for {stored.since}: {row.en}."
    if row.life is Life.ALIVE:
        said += " No cancellation or invalidation was seen, which does not prove the mark is in force."
    return said


def mark_status_row(status: str) -> StatusRow:
    """The row of a trademark status by code, Chinese or English name, or number; `BadInput` where there is none."""
    wanted = status.strip().lower()
    for row in MARK_STATUSES.values():
        if wanted in (row.status, row.zh, row.en, str(row.id)):
            return row
    raise BadInput(f"没有“{status}”这种商标状态。", mend="可用：" + "、".join(row.zh for row in MARK_STATUSES.values()))
