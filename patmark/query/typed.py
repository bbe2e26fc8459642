"""One value of a clause as it was typed: its text, its place, and the field it stands behind."""

from __future__ import annotations

from dataclasses import dataclass

from patmark.query.lexer import half_width

#: COUNT fields whose single values are spoken of as classes, not amounts.
CODED = frozenset({"nice", "sub", "sec"})


@dataclass(frozen=True, slots=True)
class Value:
    """`text` of the value in the `whole` query at `span`; `clause` is the span from its field name on, where it has one
    of its own. `relation` is `:`, `==`, `>=`, `>`, `<=` or `<`; `given` says that a field was named at all."""

    whole: str
    text: str
    span: tuple[int, int]
    clause: tuple[int, int]
    relation: str = ":"
    quoted: bool = False
    given: bool = True

    @property
    def plain(self) -> str:
        """The text in half width."""
        return half_width(self.text)
