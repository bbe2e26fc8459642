"""The look at a file before it is read: columns with what they are taken for, samples, and the first rows as read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, replace
from itertools import islice

from django.utils.translation import gettext as _

from patmark.errors import BadFile
from patmark.sources.all import read_file
from patmark.sources.mapping import Column, Mapping, fields_of
from patmark.sources.preview import Preview, preview
from patmark.sources.rows import is_private
from zhiquan.records.gist import Gist, gist, heads
from zhiquan.records.home import raw_path
from zhiquan.records.importing import saved_mapping
from zhiquan.records.models import BatchFile
from zhiquan.records.receiving import Examined

ROWS = 5
SAMPLES = 3
#: More columns than these are read as proposed; nobody sets them one by one.
MOST_COLUMNS = 200
RECORDS = ("patent", "trademark")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person sent: the field of each column by its number, what the table is of, and what is to be done."""

    do: str
    fields: Dictionary[int, str]
    record: str
    name: str = ""
    saved: str = ""
    replace: bool = False

    @classmethod
    def of(cls, sent: Dictionary[str, str]) -> Chosen:
        fields = {int(key[1:]): value for key, value in sent.items() if key[:1] == "c" and key[1:].isdecimal()}
        record = sent.get("record", "")
        return cls(
            sent.get("do", "check"),
            fields,
            record if record in RECORDS else "",
            sent.get("name", ""),
            sent.get("saved", "")[:100],
            "replace" in sent,
        )


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A column as shown: its number from 0, header, first cells, and the code of its field (empty: kept as it is)."""

    number: int
    header: str
    samples: tuple[str, ...]
    field: str

    @property
    def private(self) -> bool:
        """Whether it says something about a person, so that it is not kept unless it is a field."""
        return is_private(self.header)


@dataclass(frozen=True, slots=True)
class Glance:
    """A file as it will be read. Of a table also the columns and the fields there are; `faults` forbid saving.

    `changed`: a person set something else than what the file would be read by.
    """

    heads: tuple[str, ...]
    gists: tuple[Gist, ...]
    columns: tuple[ColumnSeen, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    record: str = "patent"
    place: str = ""
    mapping: Mapping | None = None
    recognised: bool = True
    changed: bool = False
    faults: tuple[str, ...] = ()

    @property
    def mapping_name(self) -> str:
        """What the columns were recognised as."""
        return _(self.mapping.name) if self.mapping else ""

    @property
    def unknown(self) -> tuple[str, ...]:
        """The headers that mean no field; their cells are kept beside the record."""
        return tuple(one.header for one in self.columns if not (one.field or one.private) and one.header.strip())


def glance(file: BatchFile, examined: Examined, chosen: Chosen | None) -> Glance:
    """The look at a file, by the columns as sent where some were; raises BadFile where nothing can be read of it."""
    path = raw_path(file.sha256)
    if not examined.is_table:
        reads = islice(read_file(path, name=file.name, mapping=saved_mapping(file.mapping)), ROWS)
        return Glance(heads(), tuple(map(gist, reads)))
    own = saved_mapping(file.mapping)
    seen = preview(path, own, ROWS)
    if chosen is None or not chosen.fields:
        unfit = own is not None and not seen.recognised
        said = _("这份文件里没有所选列对应的列，下面是按内容猜的。")
        return _shown(seen, (said,) if unfit else ())
    return _as_chosen(file, seen, chosen)


def _as_chosen(file: BatchFile, seen: Preview, chosen: Chosen) -> Glance:
    """The table by the columns as a person set them."""
    faults: tuple[str, ...] = tuple(_doubled(seen, chosen))
    wanted = own_mapping(_shown(seen, ()), chosen)
    try:
        wanted.check()
        again = preview(raw_path(file.sha256), wanted, ROWS)
        enough = again.recognised
    except BadFile:
        enough = False
    if not enough:
        least = _("至少要有一列是号码；没有号码时，要有名称，并且旁边有申请人、日期或分类。")
        again, faults = replace(seen, reads=()), (*faults, least)
    shown = _shown(again, faults)
    columns = tuple(replace(one, field=_field(chosen, one, wanted.record)) for one in shown.columns)
    detected = tuple(code or "" for code in seen.choice.fields)[:MOST_COLUMNS]
    changed = not seen.recognised or (seen.choice.mapping.record, *detected) != (
        wanted.record,
        *(one.field for one in columns),
    )
    return replace(
        shown, columns=columns, record=wanted.record, fields=_choices(wanted.record), mapping=wanted, changed=changed
    )


def _field(chosen: Chosen, column: ColumnSeen, record: str) -> str:
    code = chosen.fields.get(column.number, column.field)
    return code if code in fields_of(record) else ""


def _shown(seen: Preview, faults: tuple[str, ...]) -> Glance:
    choice = seen.choice
    columns = tuple(
        ColumnSeen(at, header, _samples(seen, at), code or "")
        for at, (header, code) in enumerate(zip(choice.headers, choice.fields, strict=True))
    )
    record = choice.mapping.record
    return Glance(
        heads(),
        tuple(map(gist, seen.reads)),
        columns=columns[:MOST_COLUMNS],
        fields=_choices(record),
        record=record,
        place=seen.place,
        mapping=choice.mapping,
        recognised=seen.recognised,
        faults=faults,
    )


def _samples(seen: Preview, at: int) -> tuple[str, ...]:
    cells = dict.fromkeys(row[at].strip()[:60] for row in seen.rows if at < len(row))
    return tuple(one for one in cells if one)[:SAMPLES]


def _choices(record: str) -> tuple[tuple[str, str], ...]:
    return tuple((code, _(label)) for code, label in fields_of(record).items())


def _doubled(seen: Preview, chosen: Chosen) -> list[str]:
    """A sentence for each field that was given to several columns which a shipped mapping does not read together."""
    labels = fields_of(chosen.record or seen.choice.mapping.record)
    before: dict[str, set[int]] = defaultdict(set)
    for at, code in enumerate(seen.choice.fields):
        before[code or ""].add(at)
    given: dict[str, list[int]] = defaultdict(list)
    for at, code in sorted(chosen.fields.items()):
        if code in labels and at < len(seen.choice.headers):
            given[code].append(at)
    return [
        _("“{field}”给了几列：{columns}。请只留一列，其余选“不读取，原样保留”。").format(
            field=_(labels[code]), columns="、".join(seen.choice.headers[at] for at in places)
        )
        for code, places in given.items()
        if len(places) > 1 and not set(places) <= before[code]
    ]


def own_mapping(seen: Glance, chosen: Chosen) -> Mapping:
    """The mapping a person set: every column by its header, and nothing from the shipped ones."""
    assert seen.mapping is not None
    record = chosen.record or seen.record
    columns: dict[str, list[str]] = defaultdict(list)
    for one in seen.columns:
        code = _field(chosen, one, record)
        if code and one.header.strip():
            columns[code].append(one.header)
    return Mapping(
        code="own",
        name=_("自定义列对应"),
        record=record,
        columns=tuple(Column(code, tuple(dict.fromkeys(headers))) for code, headers in columns.items()),
        office=seen.mapping.office,
        has_header=seen.mapping.has_header,
    )
