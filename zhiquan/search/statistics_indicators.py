"""The plan's indicators of the city: inventions in force per ten thousand people, high-value ones by criterion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from patmark import codes, emerging, population
from patmark.errors import BadFile, BadQuery
from patmark.fields import Subject
from patmark.legal_events import OVERLAYS, Overlay
from patmark.population import Population, per_ten_thousand
from patmark.query import write
from patmark.query.tree import And, Code, Node, Number, Or, Range
from patmark.terms import add_months
from zhiquan.search.answers import meant, read, today
from zhiquan.search.asked import Asked
from zhiquan.search.labels import labels
from zhiquan.search.statistics import RECORDS, Cell, counted
from zhiquan.search.statistics_city import ALIVE, INVENTION, City

#: A family member granted here is none overseas: the mainland, Hong Kong, Macao, Taiwan.
AT_HOME = ("CN", "HK", "MO", "TW")
#: A table longer than this is not one somebody wrote by hand.
LONGEST_TABLE = 200_000
PLEDGE = OVERLAYS[Overlay.PLEDGE]
#: What no record meets.
NOTHING = Or(())
#: Criterion 3: kept alive for more than so many months, counted from the filing day.
KEPT_MONTHS = 120

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class PerPeople:
    """A number per ten thousand people, with the population it was divided by; `value` is None where there is none."""

    count: Cell
    people: Population | None

    @property
    def value(self) -> float | None:
        return per_ten_thousand(self.count.count, self.people.people) if self.people else None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of a high-value invention; without a count the data cannot tell, and `says` why.

    `estimated` counts may be too many: what the criterion asks is only partly in the data.
    """

    number: str
    name: str
    says: str
    count: Cell | None = None
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class HighValue:
    """The criteria, how many inventions meet a sure one, and how many one that is sure or estimated."""

    criteria: tuple[Criterion, ...]
    sure: Cell
    estimated: Cell


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables indicators stand on: the product's own and the installation's; `faults` say which cannot be read."""

    people: tuple[Population, ...]
    industries: tuple[emerging.Emerging, ...]
    faults: tuple[str, ...]


def tables() -> Tables:
    """The tables as they are now; one of the installation that is wrong is told and left out."""
    faults: list[str] = []
    own_people = _own("population.toml", population.read, faults)
    own_industries = _own("emerging.toml", _industries, faults)
    return Tables((*population.shipped(), *own_people), own_industries or emerging.shipped(), tuple(faults))


def per_people(of: City, held: Tables) -> PerPeople:
    """Inventions in force for every ten thousand people of the city."""
    code = of.region.code if of.region else ""
    return PerPeople(number(_alive(of), None), population.latest(held.people, code, today()))


def high_value(of: City, held: Tables) -> HighValue:
    """Inventions in force that meet a criterion, each counted once however many they meet. Raises EngineDown."""
    alive, found = _alive(of), (_in_industry(held), _abroad(of), _kept(), _pledged(), _awarded())
    criteria = tuple(
        Criterion(one.number, one.name, one.says, None if node is None else number(alive, node), one.estimated)
        for one, node in found
    )
    told = [(one, node) for one, node in found if node is not None]
    sure = [node for one, node in told if not one.estimated]
    return HighValue(criteria, number(alive, _any(sure)), number(alive, _any([node for _one, node in told])))


def number(asked: Asked, more: Node | None) -> Cell:
    """How many records a question finds, with what more is asked of them, and the address that opens them."""
    if more == NOTHING:
        return Cell(0)
    if more is not None:
        whole = read(asked.query, asked.subject).tree
        clause = write(And((whole, more))) if asked.query else write(more)
        asked = Asked(asked.subject, clause, chosen=asked.chosen)
    count = counted(asked.subject, meant(asked).tree, ()).total
    return Cell(count, f"{reverse(RECORDS[asked.subject])}?{asked.kept}")


def _alive(of: City) -> Asked:
    return of.asked(Subject.PATENT, kind=(INVENTION,), life=(ALIVE,))


def _in_industry(held: Tables) -> tuple[Criterion, Node | None]:
    official = all(one.official for one in held.industries)
    says = _("按官方参照关系表。") if official else _(
        "按 IPC 小类粗估，偏多：官方参照关系表用 IPC 加关键词，没有载入。"
    )  # fmt: skip
    name = _("属于战略性新兴产业")
    nodes = tuple(read(one.query, Subject.PATENT).tree for one in held.industries)
    return Criterion("①", name, says, estimated=not official), Or(nodes)


def _abroad(of: City) -> tuple[Criterion, Node | None]:
    name = _("在海外有同族专利权")
    if not _holds(Number("fam", "", prefix=True)):
        return Criterion("②", name, _("没有载入同族数据，无法判断。")), None
    values = counted(Subject.PATENT, meant(_alive(of)).tree, ("abr",)).values("abr")
    abroad = [one for one in values if codes.value_of("cc", one) not in AT_HOME]
    words = labels(Subject.PATENT, "abr", abroad)
    says = _("同族文献中有海外授权的（不含港澳台）；授权与否按文献种类代码判断。")
    return Criterion("②", name, says), _any([words[one].node for one in abroad])


def _kept() -> tuple[Criterion, Node | None]:
    last = _number(add_months(today(), -KEPT_MONTHS) - timedelta(days=1))
    says = _("自申请日起算，到今天超过 10 年仍然有效。")
    return Criterion("③", _("维持年限超过 10 年"), says), Range("ad", None, last)


def _pledged() -> tuple[Criterion, Node | None]:
    name = _("实现较高质押融资金额")
    if not _holds(Range("ev", None, None)):
        return Criterion("④", name, _("没有载入法律事件，无法判断。")), None
    says = _("有质押登记的；登记不载金额，是否“较高”无从判断，偏多。")
    return Criterion("④", name, says, estimated=True), Code("ev", PLEDGE.id, PLEDGE.zh)


def _awarded() -> tuple[Criterion, Node | None]:
    return Criterion("⑤", _("获得国家科学技术奖或中国专利奖"), _("没有载入获奖名单，无法判断。")), None


def _any(nodes: list[Node]) -> Node:
    """Any of the nodes; `NOTHING` where there is none."""
    nodes = [one for one in nodes if one != NOTHING]
    if not nodes:
        return NOTHING
    return nodes[0] if len(nodes) == 1 else Or(tuple(nodes))


def _holds(node: Node) -> bool:
    """Whether any record at all has this."""
    return counted(Subject.PATENT, node, ()).total > 0


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _own(name: str, parse: Callable[[str], tuple[_Row, ...]], faults: list[str]) -> tuple[_Row, ...]:
    """The installation's own table, empty where there is none."""
    path = Path(settings.ZHIQUAN_HOME) / "data" / name
    try:
        if not path.is_file():
            return ()
        if path.stat().st_size > LONGEST_TABLE:
            raise BadFile(_("文件太大。"))
        return parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        faults.append(f"data/{name}：{type(fault).__name__}")
    except BadFile as fault:
        faults.append(f"data/{name}：{fault}")
    return ()


def _industries(text: str) -> tuple[emerging.Emerging, ...]:
    """The installation's industries; a query among them that cannot be read is told like a wrong row."""
    rows = emerging.read(text)
    for row in rows:
        try:
            read(row.query, Subject.PATENT)
        except BadQuery as fault:
            raise BadFile(f"{row.zh}：{fault.sentence}") from fault
    return rows
