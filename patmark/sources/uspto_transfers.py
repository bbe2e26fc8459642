"""Recorded assignments of the USPTO as events, and the owner they leave a right with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from patmark.patent import Event, Person

#: The code under which INPADOC carries the assignments of the USPTO, which has none of its own.
CODE = "AS"
_TRANSFER = re.compile(r"ASSIGN|MERGER|CHANGE OF NAME|CONVEY", re.IGNORECASE)
_ENCUMBRANCE = re.compile(r"SECURITY|LICEN[SC]E|RELEASE|LIEN|MORTGAGE|COLLATERAL|PLEDGE|COURT|PARTIAL", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Transfer:
    """One recorded document: what it says, since when, and from whom to whom."""

    conveyance: str
    recorded: date | None
    executed: tuple[date, ...]
    assignors: tuple[str, ...]
    assignees: tuple[Person, ...]
    reel_frame: str

    @property
    def event(self) -> Event:
        """The event; it works from the day the last assignor signed."""
        parts = (
            ("Assignors", "; ".join(self.assignors)),
            ("Assignees", "; ".join(one.name for one in self.assignees)),
            ("Reel/frame", self.reel_frame),
        )
        detail = " | ".join(f"{name}: {text}" for name, text in parts if text)
        return Event(CODE, "US", self.recorded, max(self.executed, default=None), self.conveyance, detail)

    @property
    def changes_owner(self) -> bool:
        """Whether the whole right goes over; security interests, licences and releases change no owner."""
        return bool(_TRANSFER.search(self.conveyance)) and not _ENCUMBRANCE.search(self.conveyance)


def owners(transfers: Iterable[Transfer]) -> tuple[Person, ...]:
    """The assignees of the transfer recorded last; none where none changed the owner."""
    changes = [one for one in transfers if one.changes_owner]
    return max(changes, key=lambda one: one.recorded or date.min).assignees if changes else ()
