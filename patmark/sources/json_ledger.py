"""Reading JSON objects by key while remembering what was read, so that everything else is kept in `extra`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from patmark.sources.json_head import Json
from patmark.sources.ledger import CONTACT, clean, day, is_day

Object = dict[str, Json]


def objects(value: Json) -> list[Object]:
    """The objects of a list, or the object itself; nothing for other values."""
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]


def scalar(value: Json) -> str:
    """A value as text in one line; nothing for objects, lists and null."""
    if value is None or isinstance(value, dict | list):
        return ""
    return str(value).lower() if isinstance(value, bool) else clean(str(value))


class JsonLedger:
    """What of a JSON value has been read, by object and key."""

    def __init__(self) -> None:
        self._read: set[tuple[int, str]] = set()
        # Object identities are only unique while the objects live.
        self._held: list[Object] = []

    def take(self, node: Object, *names: str) -> None:
        self._held.append(node)
        self._read.update((id(node), name) for name in names)

    def text(self, node: Object, *names: str) -> str:
        """The first text that is not empty, trying the keys in order."""
        for name in names:
            if text := scalar(node.get(name)):
                self.take(node, name)
                return text
        return ""

    def texts(self, node: Object, *names: str) -> list[str]:
        """The texts at the keys, of lists each, that are not empty."""
        found = []
        for name in names:
            value = node.get(name)
            parts = [text for one in (value if isinstance(value, list) else [value]) if (text := scalar(one))]
            if parts:
                self.take(node, name)
            found.extend(parts)
        return found

    def day(self, node: Object, *names: str) -> date | None:
        """The first day found; a text that is no day stays unread and so goes to `extra`."""
        for name in names:
            text = scalar(node.get(name))
            if text and is_day(text):
                self.take(node, name)
                if (found := day(text)) is not None:
                    return found
        return None

    def rest(self, node: Object) -> tuple[tuple[str, str], ...]:
        """(path, value) of all that has a value and was not read, in the order of the document."""
        return tuple(self._rest(node, ""))

    def _rest(self, value: Json, path: str) -> Iterator[tuple[str, str]]:
        if isinstance(value, dict):
            for name, one in value.items():
                if (id(value), name) not in self._read and name not in CONTACT:
                    yield from self._rest(one, f"{path}/{name}" if path else name)
        elif isinstance(value, list):
            for one in value:
                yield from self._rest(one, path)
        elif text := scalar(value):
            yield path, text
