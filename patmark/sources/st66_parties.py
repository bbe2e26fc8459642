"""Applicants and representatives in ST.66: written in the mark, beside it, or elsewhere in the file under a key."""

from __future__ import annotations

from dataclasses import replace

from patmark.patent import Person, Role
from patmark.sources.ledger import Element, Ledger, local, number, whole
from patmark.sources.st96_parts import holders

_FREE = "Name/FreeFormatName/FreeFormatNameDetails/FreeFormatNameLine"
_NAME = ("NamePrefix", "FirstName", "MiddleName", "LastName", "SecondLastName", "NameSuffix")
_ADDRESS = (
    *("AddressLine", "AddressRoom", "AddressFloor", "AddressBuilding", "AddressStreet", "AddressCity"),
    *("AddressCounty", "AddressRegion", "AddressState", "FreeFormatAddress/FreeFormatAddressLine"),
)
#: Legal forms by which a name that stands alone is told to be a firm's.
_FORMS = frozenset({"LLP", "LLC", "PC", "P.C", "INC", "LTD", "LIMITED", "GMBH", "SRL", "S.R.L", "SA", "S.A", "AG"})


class Parties:
    """Every party of a document by its keys, looked up once; `alone` says that there is one mark they all belong to."""

    def __init__(self, root: Element, *, alone: bool) -> None:
        self._alone = alone
        self._all: dict[str, list[Element]] = {}
        self._keyed: dict[tuple[str, str], list[Element]] = {}
        for kind in ("Applicant", "Representative"):
            self._all[kind] = list(root.iter("{*}" + kind))
            for node in self._all[kind]:
                for name in (f"{kind}Identifier", f"{kind}URI", "Identifier", "URI"):
                    for key in node.findall("{*}" + name):
                        self._keyed.setdefault((kind, whole(key)), []).append(node)

    def of(self, ledger: Ledger, mark: Element, kind: str) -> list[Element]:
        """The elements of one kind of party of a mark: its own, those its keys name, else the document's."""
        keys = ledger.all(mark, f"{kind}Details/{kind}Key")
        found = ledger.all(mark, f"{kind}Details/{kind}")
        if not found and keys:
            texts = dict.fromkeys(whole(one) for key in keys for one in key if isinstance(one.tag, str))
            found = [node for text in texts for node in self._keyed.get((kind, text), [])]
        elif not found and self._alone:
            found = self._all[kind]
        if found:
            for key in keys:
                ledger.take(key)
        return list(dict.fromkeys(found))

    def all_of(self, ledger: Ledger, mark: Element) -> list[Element]:
        """The parties of a mark of every kind."""
        return [node for kind in self._all for node in self.of(ledger, mark, kind)]

    def rest(self, ledger: Ledger, mark: Element) -> tuple[tuple[str, str], ...]:
        """(path, value) of what is left unread of a mark's parties that stand elsewhere in the document."""
        beside = [node for node in self.all_of(Ledger(), mark) if mark not in node.iterancestors()]
        return tuple((f"{local(node)}/{path}", text) for node in beside for path, text in ledger.rest(node))


def applicants(ledger: Ledger, nodes: list[Element]) -> tuple[tuple[Person, ...], bool]:
    """The applicants and the owners of a mark, and whether they hold it together (see `holders`)."""
    stages = [(_stage(ledger, node), node) for node in nodes]
    # The parties between the first and the last stage stay unread and so are kept in `extra`.
    ends = {min(at for at, _ in stages), max(at for at, _ in stages)} if stages else set()
    found = []
    for at, node in stages:
        for book in _books(ledger, node, "Applicant")[:1] if at in ends else ():
            if name := ", ".join(_names(ledger, book)):
                code = ledger.text(node, "ApplicantIdentifier")
                found.append((at, _addressed(ledger, book, Person(name, Role.APPLICANT, code=code))))
    return holders(found)


def representatives(ledger: Ledger, nodes: list[Element]) -> list[Person]:
    """The representatives, each name once a role: of several name lines the first is the person, the last the firm."""
    found: dict[tuple[str, Role], Person] = {}
    for node in nodes:
        for book in _books(ledger, node, "Representative"):
            names = _names(ledger, book)
            if not names:
                continue
            role = Role.AGENCY if len(names) > 1 or _is_firm(names[0]) else Role.AGENT
            code = ledger.text(node, "RepresentativeIdentifier")
            persons = [Person(name, Role.AGENT) for name in names[:-1]]
            for one in (*persons, _addressed(ledger, book, Person(names[-1], role, code=code))):
                held = found.get((one.name, one.role))
                if held is None or (one.address and not held.address):
                    found[one.name, one.role] = one
    return list(found.values())


def _books(ledger: Ledger, node: Element, kind: str) -> list[Element]:
    return ledger.all(node, f"{kind}AddressBook/FormattedNameAddress")


def _stage(ledger: Ledger, node: Element) -> int:
    """The USPTO's party type (10 applicant … 30 registrant, 31 and higher later owners); 0 elsewhere."""
    return next((number(whole(one)) or 0 for one in ledger.all(node, "ApplicantExt/PartyTypeCode")), 0)


def _addressed(ledger: Ledger, book: Element, one: Person) -> Person:
    where = next(iter(ledger.all(book, "Address/FormattedAddress", "Address")), book)
    text = ", ".join(ledger.texts(where, *_ADDRESS))
    postcode = ledger.text(where, "AddressPostcode")
    country = ledger.text(book, "Address/FormattedAddress/FormattedAddressCountryCode", "Address/AddressCountryCode")
    return replace(one, address=text, postcode=postcode, country=country)


def _is_firm(name: str) -> bool:
    return any(word.strip(",").rstrip(".").upper() in _FORMS for word in name.split())


def _names(ledger: Ledger, book: Element) -> list[str]:
    if free := ledger.texts(book, _FREE):
        return list(dict.fromkeys(free))
    formatted = "Name/FormattedName"
    if body := ledger.text(book, f"{formatted}/OrganizationName"):
        for one in ledger.all(book, f"{formatted}/LastName"):
            if whole(one) == body:
                ledger.take(one)
        return [body]
    name = " ".join(ledger.texts(book, *(f"{formatted}/{part}" for part in _NAME)))
    return [name] if name else []
