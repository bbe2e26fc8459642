"""Legal events of EPO OPS (INPADOC): each `ops:legal` of a family member as an event with its own words."""

from __future__ import annotations

from patmark.patent import Event
from patmark.sources.ledger import Element, Ledger, attribute, clean, day, local, whole

_EFFECTIVE = "L525EP"
_CODE, _COUNTRY, _GAZETTE = "L008EP", "L001EP", "L007EP"
_DETAILS = "L500EP"


def events(ledger: Ledger, member: Element) -> tuple[Event, ...]:
    """The events of a family member in order.

    `detail` holds the named fields of the event (`Ref Country Code: CH; …`). The lines `pre` repeat the fields, and
    the days of the database's own upkeep say nothing of the right: both are passed over.
    """
    found = []
    for node in ledger.all(member, "legal"):
        fields = {local(one): whole(one) for one in node}
        details = [one for bag in ledger.all(node, _DETAILS) for one in bag]
        effective = next((date for one in details if local(one) == _EFFECTIVE and (date := day(whole(one)))), None)
        said = [_said(one) for one in details if whole(one) and not (local(one) == _EFFECTIVE and effective)]
        if influence := attribute(node, "infl"):
            said.append(f"Influence: {influence}")
        if not details:
            said = [*(whole(one) for one in ledger.all(node, "pre")), *said]
        found.append(
            Event(
                code=fields.get(_CODE) or attribute(node, "code"),
                country=fields.get(_COUNTRY, ""),
                date=day(fields.get(_GAZETTE, "")),
                effective=effective,
                title=attribute(node, "desc"),
                detail="; ".join(said),
            )
        )
        ledger.take(node)
        _take_attributes(ledger, node)
    return tuple(found)


def _said(node: Element) -> str:
    label, data = attribute(node, "desc"), attribute(node, "descData")
    text = f"{label}: {whole(node)}" if label else whole(node)
    return clean(f"{text} ({data})" if data else text)


def _take_attributes(ledger: Ledger, node: Element) -> None:
    for one in node.iter():
        for name in one.attrib:
            ledger.attribute(one, str(name))
