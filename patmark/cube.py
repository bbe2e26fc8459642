"""Counts of a result crossed by some fields: every cell, every margin, and the records that carry no value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

#: A value of a field as an engine counts it (facet id, code, year); None stands for the records without one.
Value = int | None
Key = tuple[Value, ...]
Group = tuple[str, ...]


class Unit(StrEnum):
    """What is counted as one."""

    APPLICATION = "application"
    PUBLICATION = "publication"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class Table:
    """A cube laid out in rows and columns. Totals are counts of records, not sums of cells: cells may overlap."""

    rows: tuple[Value, ...]
    columns: tuple[Value, ...]
    cells: tuple[tuple[int, ...], ...]
    row_totals: tuple[int, ...]
    column_totals: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Cube:
    """How many records of a result carry which values of `fields`, counted exactly and never changed afterwards.

    `groups` has for every selection of the fields (in their order) its cells by their values; a cell that is not there
    is 0. A record with several values of a field stands in several cells, so the cells of a row may sum to more than
    the row; `at`, `values` and tables always give counts of records.
    """

    fields: tuple[str, ...]
    total: int
    groups: Mapping[Group, Mapping[Key, int]] = field(default_factory=dict)
    unit: Unit = Unit.APPLICATION

    def at(self, where: Mapping[str, Value]) -> int:
        """How many records carry all of these values; KeyError where a field is none of the cube's."""
        group = self._group(where)
        if not group:
            return self.total
        return self.groups[group].get(tuple(where[one] for one in group), 0)

    def values(self, name: str, top: int | None = None) -> tuple[int, ...]:
        """The values of a field that occur, the most frequent first, among equals the smaller."""
        counts = self.groups[self._group((name,))]
        ranked = sorted((-count, value) for (value,), count in counts.items() if value is not None)
        return tuple(value for _, value in ranked[:top])

    def missing(self, name: str) -> int:
        """How many records carry no value of a field."""
        return self.at({name: None})

    def overlaps(self, name: str) -> bool:
        """Whether some record carries several values of a field, so that parts must not be stacked to a whole."""
        return sum(self.groups[self._group((name,))].values()) > self.total

    def share(self, part: Mapping[str, Value], whole: Mapping[str, Value] | None = None) -> float | None:
        """The share of one count in another (of all records where not given), 0 to 1; None where that is 0."""
        of = self.at(whole or {})
        return self.at({**(whole or {}), **part}) / of if of else None

    def slice(self, name: str, value: Value) -> Cube:
        """The cube of the records that carry one value of a field, by the other fields."""
        place = self._group((name,))[0]
        rest = tuple(one for one in self.fields if one != place)
        groups = {}
        for group in selections(rest):
            whole = self._group((*group, name))
            at = whole.index(name)
            groups[group] = {
                key[:at] + key[at + 1 :]: count for key, count in self.groups[whole].items() if key[at] == value
            }
        return Cube(rest, self.at({name: value}), groups, self.unit)

    def along(self, *names: str) -> Cube:
        """The same records by some of the fields only."""
        kept = self._group(names)
        return Cube(kept, self.total, {group: self.groups[group] for group in selections(kept)}, self.unit)

    def table(
        self,
        rows: str,
        columns: str,
        *,
        row_values: Sequence[Value] | None = None,
        column_values: Sequence[Value] | None = None,
    ) -> Table:
        """The counts laid out, with the values given or all there are, the records without a value last."""
        down = tuple(self._laid_out(rows) if row_values is None else row_values)
        across = tuple(self._laid_out(columns) if column_values is None else column_values)
        cells = tuple(tuple(self.at({rows: row, columns: column}) for column in across) for row in down)
        return Table(
            rows=down,
            columns=across,
            cells=cells,
            row_totals=tuple(self.at({rows: row}) for row in down),
            column_totals=tuple(self.at({columns: column}) for column in across),
            total=self.total,
        )

    def _laid_out(self, name: str) -> Iterable[Value]:
        return (*self.values(name), None) if self.missing(name) else self.values(name)

    def _group(self, names: Iterable[str]) -> Group:
        """The names in the cube's own order; KeyError where one is none of its fields."""
        wanted = set(names)
        if stranger := wanted.difference(self.fields):
            raise KeyError(stranger.pop())
        return tuple(one for one in self.fields if one in wanted)


def selections(names: Sequence[str]) -> list[Group]:
    """Every selection of one field or more, in the order of the fields."""
    return [group for size in range(1, len(names) + 1) for group in combinations(names, size)]
