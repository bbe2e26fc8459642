"""What a statistic of a result is asked by: one field or two crossed, how many values, which shape; and the choices.

    by=ady     the field of the rows        top=20     how many values of a field that has many
    and=kind   the field of the columns     shape=…    how it is drawn, as fits the fields where not given

Everything else of the address is the question itself (`zhiquan/search/asked.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from patmark.analysis.drawing import Shape
from patmark.errors import BadInput
from patmark.fields import FIELDS, Subject
from zhiquan.search.asked import encoded
from zhiquan.search.labels import field_name

YEARS = frozenset({"ady", "pdy", "gdy", "fdy", "rdy"})
#: Years of what shows only some time after it happened.
FILING_YEARS = frozenset({"ady", "fdy"})
TOPS = (10, 20, 50)
#: The facets statistics go by, grouped as the form shows them; `src` says more of us than of the records.
GROUPS: dict[Subject, tuple[tuple[str, ...], ...]] = {
    Subject.PATENT: (
        ("ady", "pdy", "gdy"),
        ("kind", "stage", "sec", "sub"),
        ("pa", "own", "ptype", "in", "agc"),
        ("dist", "zone", "city", "prov", "pacc", "cc"),
        ("life", "st", "abr"),
    ),
    Subject.TRADEMARK: (
        ("fdy", "rdy"),
        ("nice", "kind"),
        ("hol", "ptype", "rep"),
        ("dist", "zone", "city", "prov", "cc"),
        ("life", "st"),
    ),
}
USUAL = {Subject.PATENT: ("ady", "kind"), Subject.TRADEMARK: ("fdy", "life")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One statistic: rows by `by`, columns by `across` where given."""

    by: str
    across: str = ""
    top: int = TOPS[1]
    shape: Shape | None = None

    @property
    def parameters(self) -> list[tuple[str, str]]:
        crossed = [("and", self.across)] if self.across else []
        shaped = [("shape", self.shape.value)] if self.shape else []
        return [("by", self.by), *crossed, *([("top", str(self.top))] if self.top != TOPS[1] else []), *shaped]

    @property
    def names(self) -> tuple[str, ...]:
        """The fields, one or two."""
        return (self.by, self.across) if self.across else (self.by,)


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a select."""

    value: str
    name: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Shelf:
    """Choices that belong together, under their name."""

    name: str
    options: tuple[Option, ...]


def wanted_in(given: QueryDict, subject: Subject) -> Wanted:
    """The statistic an address asks for, the usual one where it names none. Raises BadInput where a field is none."""
    by, across = given.get("by", ""), given.get("and", "")
    if not by:
        by, across = USUAL[subject][0], across or USUAL[subject][1] * ("and" not in given)
    for name in (by, across):
        if name and name not in _known(subject):
            raise BadInput(_("不能按“%(name)s”统计。") % {"name": name[:40]}, mend=_("请在表单里选择统计的项目。"))
    shape = next((one for one in Shape if one == given.get("shape")), None)
    top = next((one for one in TOPS if str(one) == given.get("top")), TOPS[1])
    return Wanted(by, across if across != by else "", top, shape)


def shelves(subject: Subject, chosen: str) -> tuple[Shelf, ...]:
    """Every field there is to choose, one of them chosen."""
    names = (_("时间"), _("类型与分类"), _("主体"), _("地区"), _("状态"))
    return tuple(
        Shelf(name, tuple(Option(key, field_name(subject, key), key == chosen) for key in keys))
        for name, keys in zip(names, GROUPS[subject], strict=True)
    )


def shapes(chosen: Shape | None) -> tuple[Option, ...]:
    """The ways to draw."""
    named = (
        ("", _("自动")),
        (Shape.COLUMNS, _("柱形图")),
        (Shape.LINES, _("折线图")),
        (Shape.BARS, _("条形图")),
        (Shape.HEAT, _("热力图")),
    )
    return tuple(Option(str(value), name, value == (chosen or "")) for value, name in named)


def tops(chosen: int) -> tuple[Option, ...]:
    """How many values may be shown."""
    return tuple(Option(str(one), str(one), one == chosen) for one in TOPS)


def turned(wanted: Wanted) -> Wanted:
    """Rows and columns changed over; the same where there is one field."""
    return replace(wanted, by=wanted.across, across=wanted.by) if wanted.across else wanted


def address(question: Sequence[tuple[str, str]], wanted: Wanted) -> str:
    """Both together as an address carries them."""
    return encoded([*question, *wanted.parameters])


def _known(subject: Subject) -> frozenset[str]:
    facets = {row.key for row in FIELDS[subject] if row.facet}
    return frozenset(key for keys in GROUPS[subject] for key in keys if key in facets)
