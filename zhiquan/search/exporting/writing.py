"""CSV and JSON Lines, portion by portion: what comes out can be sent as it is made, and memory stays flat.

A CSV ends with lines that begin with `#` and say what it holds and that it is whole; JSON Lines begin with such an
object and end with the count. A continued export (`after`) has no head, so that it can be put behind what arrived.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

import orjson
from django.utils.translation import gettext as _

from patmark.exchange import line_of
from patmark.patent import Patent
from patmark.trademark import Trademark
from zhiquan.search.exporting.columns import left_out
from zhiquan.search.exporting.held import Column, Held, Value
from zhiquan.search.exporting.plan import Form, Plan, stamp
from zhiquan.search.exporting.reading import Reader, scene

#: What a spreadsheet runs as a formula, in either width, at the beginning or behind blanks.
_FORMULA = tuple("=+-@＝＋－＠")
_CONTROL = tuple("\t\r\n")
#: First characters after which a cell has to be looked at more closely.
_SUSPECT = frozenset([*_FORMULA, *_CONTROL, " ", "\u3000", "\xa0", "\x0b", "\x0c", "\ufeff"])
JOINT = "；"
#: What a sample record carries into the exchange form.
INVENTED = ("演示数据", "是")
_BOM = b"\xef\xbb\xbf"
Watch = Callable[[int], None]


@dataclass(slots=True)
class Tally:
    """What has been written so far; `gone` went between the search and the reading, `invented` are sample records."""

    written: int = 0
    gone: int = 0
    invented: int = 0


@dataclass(slots=True)
class Source:
    """The records of a plan, counted as they go by."""

    plan: Plan
    watch: Watch = lambda done: None
    tally: Tally = field(default_factory=Tally)

    def portions(self) -> Iterator[list[Held]]:
        """All records, portion by portion, in the order of the file."""
        plan, tally = self.plan, self.tally
        wants_files = any(one.key == "src" for one in plan.columns)
        shared = scene(plan.subject, address=plan.address, files=wants_files)
        reader = Reader(shared, () if plan.form is Form.EXCHANGE else left_out(plan.columns))
        for found in reader.portions(plan.keys()):
            tally.written += len(found)
            tally.gone = reader.gone
            if shared.invented:
                tally.invented += sum(one.invented for one in found)
            yield found
            self.watch(tally.written)

    def ending(self) -> list[tuple[str, str]]:
        """What can only be said at the end: how many were written, of which invented, and whether the data changed."""
        found = [(_("已写记录"), str(self.tally.written))]
        if self.tally.invented:
            found.append((_("其中演示数据"), str(self.tally.invented)))
        if self.tally.gone:
            found.append((_("导出期间撤出的记录"), str(self.tally.gone)))
        if stamp(self.plan.subject).change != self.plan.stamp.change:
            found.append((_("注意"), _("导出期间数据有变化，个别记录可能是变化后的。")))
        return found


def csv_pieces(source: Source) -> Iterator[bytes]:
    """The CSV, in pieces."""
    plan = source.plan
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    if plan.after is None:
        writer.writerow([one.name(plan.english) for one in plan.columns])
        yield (_BOM if plan.marked else b"") + _taken(out)
    readers = [one.of for one in plan.columns]
    for portion in source.portions():
        writer.writerows([[cell(of(held)) for of in readers] for held in portion])
        yield _taken(out)
    if plan.noted:
        # At the end: a spreadsheet's filters and a program's header stay in the first line, and who finds these lines
        # knows that nothing is missing above them.
        writer.writerow([])
        for name, value in [*plan.note(), *source.ending()]:
            writer.writerow([f"# {name}{_('：')}{_one_line(value)}"])
        writer.writerow([_("# 完")])
        yield _taken(out)


def json_pieces(source: Source) -> Iterator[bytes]:
    """JSON Lines, in pieces: an object a record with the keys of the columns, lists as lists, days as YYYY-MM-DD."""
    plan = source.plan
    if plan.noted and plan.after is None:
        columns = {one.key: one.name(plan.english) for one in plan.columns}
        about = {
            "query": plan.typed,
            "records": plan.total,
            "change": plan.stamp.change,
            "day": plan.stamp.day,
            "sample": plan.sample,
            "note": dict(plan.note()),
            "columns": columns,
        }
        yield orjson.dumps({"about": about}, option=orjson.OPT_APPEND_NEWLINE)
    readers = [(one.key, one.of) for one in plan.columns]
    for portion in source.portions():
        lines = [
            orjson.dumps({key: of(held) for key, of in readers}, option=orjson.OPT_APPEND_NEWLINE) for held in portion
        ]
        yield b"".join(lines)
    if plan.noted:
        tally = source.tally
        end = {"records": tally.written, "invented": tally.invented, "note": dict(source.ending())}
        yield orjson.dumps({"end": end}, option=orjson.OPT_APPEND_NEWLINE)


def exchange_pieces(source: Source) -> Iterator[bytes]:
    """The records whole, in the exchange form: every line is one, and can be imported again as it is."""
    for portion in source.portions():
        yield b"".join(line_of(_marked(held) if held.invented else held.document) for held in portion)


def _marked(held: Held) -> Patent | Trademark:
    """The document of a sample record, which says what it is wherever it is taken."""
    document = held.document
    return replace(document, extra=(*document.extra, INVENTED))


def cell(value: Value) -> str | int | date | None:
    """A value as one cell that a spreadsheet shows and never runs; lists are joined."""
    if isinstance(value, str):
        return safe(value) if value[:1] in _SUSPECT else value
    if value is None or isinstance(value, (int, date)):
        return value
    text = value[0] if len(value) == 1 else JOINT.join(value)
    return safe(text) if text[:1] in _SUSPECT else text


def safe(text: str) -> str:
    """What looks like a formula stands behind an apostrophe, which a spreadsheet takes as: this is text."""
    if text.startswith(_CONTROL) or text.lstrip(" \u3000\xa0\x0b\x0c\ufeff\t\r\n").startswith(_FORMULA):
        return f"'{text}"
    return text


def row(columns: tuple[Column, ...], held: Held) -> dict[str, Value]:
    """One record as an object with the keys of the columns."""
    return {one.key: one.of(held) for one in columns}


def _taken(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode("utf-8", errors="replace")


def _one_line(text: str) -> str:
    return " ".join(text.split())
