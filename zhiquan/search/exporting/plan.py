"""What an export is of: the question, the columns, the form, the state of the data; its name, its mark, its note."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from patmark.engines.base import Sort
from patmark.engines.sorting import place
from patmark.engines.turns import number_of
from patmark.errors import BadInput, WrongState
from patmark.fields import Subject
from patmark.query import explain
from patmark.query.tree import Node
from zhiquan import __version__
from zhiquan.records import queries
from zhiquan.records.models import LoadedScheme
from zhiquan.search.answers import meant, today, total
from zhiquan.search.asked import Asked
from zhiquan.search.exporting.held import Column
from zhiquan.search.index import SUBJECTS, engine
from zhiquan.search.labels import field_name, said

#: The order of an export unless another is asked for: that of the filing dates, which the index gives as it goes.
FILED = {Subject.PATENT: "ad", Subject.TRADEMARK: "fd"}
_UNNAMED = re.compile(r"[\\/:*?\"<>|\x00-\x1f\x7f]+")
_LONGEST_NAME = 40


class Form(StrEnum):
    """The files there are; the value is the end of the file's name. Only the exchange form holds records whole."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"
    EXCHANGE = "zhiquan.jsonl"

    @classmethod
    def of(cls, name: str) -> Form | None:
        """The form a file's name ends in."""
        fitting = [one for one in cls if name.endswith(f".{one}")]
        return max(fitting, key=len, default=None)


@dataclass(frozen=True, slots=True)
class Stamp:
    """The state of the data: the last change the index holds, the day statuses are told for.

    `settled` is false while the index has changes still to take: then what is exported may be of two states.
    """

    change: int
    day: date
    settled: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """One export. `typed` is the query so that it can be typed again, `after` the place it goes on behind.

    `noted` says whether the file tells what it holds, `marked` whether a CSV begins with a byte-order mark. `language`
    is that of the request, which is over when the file is still being sent.
    """

    subject: Subject
    typed: str
    tree: Node
    total: int
    columns: tuple[Column, ...]
    form: Form
    sort: Sort
    stamp: Stamp
    noted: bool = True
    marked: bool = True
    after: int | None = None
    address: str = ""
    sample: bool = False
    language: str = ""

    def keys(self) -> Iterator[int]:
        """The records in the order of the file."""
        return engine(self.subject).scan(self.tree, today=self.stamp.day, sort=self.sort, after=self.after)

    @property
    def english(self) -> bool:
        return self.language.startswith("en")

    @property
    def mark(self) -> str:
        """Two exports with the same mark are the same to the byte: question, columns, form, language, data, program."""
        places = tuple(LoadedScheme.objects.order_by("scheme").values_list("scheme", "sha256"))
        parts = (
            *(__version__, settings.ZHIQUAN_LICENCE, self.address, self.language, places, self.stamp),
            *(self.subject, self.typed, self.tree, [one.key for one in self.columns], self.form, self.sort),
            *(self.noted, self.marked, self.after, self.sample),
        )
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]

    @property
    def name(self) -> str:
        """The file's name: what, which query, as of which day and change; demonstration data says so."""
        what = _("专利") if self.subject is Subject.PATENT else _("商标")
        query = _UNNAMED.sub(" ", self.typed).strip()[:_LONGEST_NAME].strip()
        invented = [_("演示数据")] if self.sample else []
        part = [_("续")] if self.after is not None else []
        words = [what, *([query] if query else []), f"{self.stamp.day:%Y%m%d}", f"c{self.stamp.change}", *invented]
        return f"{'-'.join([*words, *part])}.{self.form}"

    def note(self) -> list[tuple[str, str]]:
        """What the file says of itself, line by line: name and value."""
        order = field_name(self.subject, self.sort.by)
        way = _("从晚到早") if self.sort.descending else _("从早到晚")
        found = [
            (_("内容"), _("专利") if self.subject is Subject.PATENT else _("商标")),
            (_("检索式"), self.typed or _("（全部）")),
            (_("读作"), explain(self.tree, self.subject, said("zh", "en"))),
            (_("记录数"), str(self.total)),
            (_("数据截至"), _("%(day)s，第 %(change)s 号变化") % {"day": self.stamp.day, "change": self.stamp.change}),
            (_("法律状态"), _("%(day)s 当日的状态；以国家知识产权局公布的为准") % {"day": self.stamp.day}),
            (_("排序"), f"{order} {way}"),
            (_("列"), _("、").join(one.name(self.english) for one in self.columns)),
            (_("来源"), f"{_(settings.ZHIQUAN_CITY)}{_('知识产权公共服务平台')} {self.address}".strip()),
            (_("使用许可"), _(settings.ZHIQUAN_LICENCE)),
        ]
        if self.sample:
            found.insert(1, (_("注意"), _("含演示数据（虚构），不可作为依据。")))
        if not self.stamp.settled:
            found.append((_("注意"), _("导出时数据正在更新，个别记录可能是更新后的。")))
        return found


def plan(
    asked: Asked,
    columns: tuple[Column, ...],
    form: Form,
    *,
    noted: bool = True,
    marked: bool = True,
    address: str = "",
) -> Plan:
    """The export of what an address asks for, as the data stand now. Raises BadQuery, BadInput, EngineDown."""
    question = meant(asked)
    subject = asked.subject
    by = FILED[subject] if asked.sort == "relevance" else asked.sort
    return Plan(
        subject=subject,
        # A lone half of a character, which no file holds, becomes a question mark.
        typed=(question.written or asked.query).encode("utf-8", "replace").decode(),
        tree=question.tree,
        total=total(subject, question.tree),
        columns=columns,
        form=form,
        sort=Sort(by, descending=not asked.rising),
        stamp=stamp(subject),
        noted=noted,
        marked=marked,
        address=address,
        sample=queries.standing_files().filter(batch__sample=True).exists(),
        language=get_language() or settings.LANGUAGE_CODE,
    )


def stamp(subject: Subject) -> Stamp:
    """The state of the data now."""
    change = engine(subject).sequence
    return Stamp(change, today(), settled=not queries.changed_after(change, SUBJECTS[subject], 1))


def continued(whole: Plan, number: str, as_of: int | None = None) -> int:
    """The place behind which a broken export goes on: that of the last record that arrived, by its number.

    Raises NotFound where nobody knows the number, WrongState where the data are not those of change `as_of` any more:
    the two parts would not be one result.
    """
    if as_of is not None and as_of != whole.stamp.change:
        raise WrongState(
            _("数据在上次导出之后有变化（那时是第 %(then)s 号变化，现在是第 %(now)s 号）。")
            % {"then": as_of, "now": whole.stamp.change},
            where="as_of",
            mend=_("请重新导出全部；一定要接着导出，就不要写 as_of，两部分会是不同时点的数据。"),
        )
    if whole.sort.by != FILED[whole.subject] or whole.form is Form.XLSX:
        told = _("只有按申请日排序的 CSV 和 JSON Lines 可以从某一条之后接着导出。")
        raise BadInput(told, where="after", mend=_("请重新导出全部。"))
    record = queries.record_of(number, SUBJECTS[whole.subject])
    narrow = record.patent if whole.subject is Subject.PATENT else record.trademark
    filed = number_of(narrow.filing_date) if narrow.filing_date else None
    return place(filed, record.pk, descending=whole.sort.descending)
