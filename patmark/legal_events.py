"""What a legal event does: the status it leads to or the mark it leaves beside it, by INPADOC code or Chinese words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache

from patmark.patent import Event
from patmark.tables import shipped_rows
from patmark.text import fold

#: The status word of an event that brings a right or application back to where it was.
RESTORED = "restored"


class Overlay(StrEnum):
    """What stands beside a status without changing it (细则 106, 107)."""

    TRANSFER = "transfer"
    LICENCE = "licence"
    OPEN_LICENCE = "open_licence"
    COMPULSORY_LICENCE = "compulsory_licence"
    PLEDGE = "pledge"
    PRESERVATION = "preservation"
    INVALIDATION = "invalidation"
    TERM_EXTENSION = "term_extension"
    PARTIAL_ABANDONMENT = "partial_abandonment"
    CHANGE = "change"
    CORRECTION = "correction"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class OverlayRow:
    """An overlay's whole number for an index and its names."""

    id: int
    overlay: Overlay
    zh: str
    en: str


OVERLAYS = {
    row.overlay: row
    for row in (
        OverlayRow(1, Overlay.TRANSFER, "转移", "transfer"),
        OverlayRow(2, Overlay.LICENCE, "许可备案", "licence recorded"),
        OverlayRow(3, Overlay.OPEN_LICENCE, "开放许可", "open licence"),
        OverlayRow(4, Overlay.COMPULSORY_LICENCE, "强制许可", "compulsory licence"),
        OverlayRow(5, Overlay.PLEDGE, "质押", "pledge"),
        OverlayRow(6, Overlay.PRESERVATION, "保全或中止", "preservation"),
        OverlayRow(7, Overlay.INVALIDATION, "无效宣告", "invalidation decided"),
        OverlayRow(8, Overlay.TERM_EXTENSION, "期限补偿", "term extended"),
        OverlayRow(9, Overlay.PARTIAL_ABANDONMENT, "部分放弃", "partly abandoned"),
        OverlayRow(10, Overlay.CHANGE, "著录事项变更", "bibliographic change"),
        OverlayRow(11, Overlay.CORRECTION, "更正", "correction"),
        OverlayRow(12, Overlay.NOTICE, "通知与其他", "notice"),
    )
}


@dataclass(frozen=True, slots=True)
class Effect:
    """What an event does. `status` is a status word, `RESTORED` or empty; `ends` says that the overlay ends here."""

    status: str = ""
    overlay: Overlay | None = None
    ends: bool = False


@dataclass(frozen=True, slots=True)
class EventCode:
    """An event code and what it is called; `zh` is empty where only the office's own words are known."""

    office: str
    code: str
    zh: str = ""
    en: str = ""
    original: str = ""
    event_class: str = ""


NOTHING = Effect()
_EARLIEST = date.min


@dataclass(frozen=True, slots=True)
class _Known:
    zh: str
    effect: Effect
    by_detail: bool


@cache
def _known() -> dict[str, _Known]:
    return {
        row["code"]: _Known(row["zh"], _effect_of_row(row), row["detail"] == "y")
        for row in shipped_rows("legal_events.csv")
    }


def _effect_of_row(row: Mapping[str, str]) -> Effect:
    return Effect(row["status"], Overlay(row["overlay"]) if row["overlay"] else None, row["ends"] == "y")


@cache
def _words(use: str) -> tuple[tuple[re.Pattern[str], Effect], ...]:
    return tuple(
        (re.compile(fold(row["pattern"])), _effect_of_row(row))
        for row in shipped_rows("status_words.csv")
        if row["use"] == use
    )


@lru_cache(maxsize=16_384)
def effect_of_words(text: str, use: str = "event") -> Effect:
    """The effect the first matching row of the word table gives; `use` is event, patent or mark."""
    folded = fold(text)
    return next((effect for pattern, effect in _words(use) if pattern.search(folded)), NOTHING) if folded else NOTHING


def effect_of(event: Event) -> Effect:
    """What an event does, by its Chinese code, else by its words. Codes of other offices do nothing here."""
    code = event.code.strip().upper()
    known = _known().get(code) if event.country in ("", "CN") else None
    if known is None:
        chinese = event.country in ("", "CN")
        return effect_of_words(f"{event.title} {event.detail}".strip() or (code if chinese else ""))
    if known.by_detail and (told := effect_of_words(f"{event.detail} {event.title}".strip())) != NOTHING:
        return told
    return known.effect


def event_title(event: Event) -> str:
    """What an event is called in Chinese: by its code, else as the source says, else the code."""
    known = _known().get(event.code.strip().upper()) if event.country in ("", "CN") else None
    return known.zh if known else event.title or event.code


def load_event_codes(rows: Iterable[Mapping[str, str]]) -> dict[tuple[str, str], EventCode]:
    """(office, code) → what it is called, from rows with the headers of EPO's code list, joined with the shipped ones.

    Headers read: Authority, Event-code, Description ENG, Description ORI, Event-class Description. Rows without
    authority or code are passed over; they give names only, no status.
    """
    found = {("CN", code): EventCode("CN", code, known.zh) for code, known in _known().items()}
    for row in rows:
        office, code = (row.get("Authority") or "").strip(), (row.get("Event-code") or "").strip()
        if not office or not code:
            continue
        original = (row.get("Description ORI") or "").strip()
        found[office, code] = EventCode(
            office,
            code,
            zh=found[office, code].zh if (office, code) in found else "",
            en=(row.get("Description ENG") or "").strip(),
            original="" if original.startswith("[NO DESCRIPTION") else original,
            event_class=(row.get("Event-class Description") or "").strip(),
        )
    return found


def overlays_of(events: Iterable[Event]) -> tuple[Overlay, ...]:
    """The overlays that stand after all events, in the order of the table; an ended licence or pledge is gone."""
    standing: set[Overlay] = set()
    for event in sorted(events, key=lambda one: one.effective or one.date or _EARLIEST):
        effect = effect_of(event)
        if effect.overlay is not None:
            (standing.discard if effect.ends else standing.add)(effect.overlay)
    return tuple(overlay for overlay in OVERLAYS if overlay in standing)
