"""EPO OPS answers (XML): bibliographic data, abstracts, full texts, families, legal events, search results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from patmark.errors import BadRecord
from patmark.patent import Localised, Patent, Publication
from patmark.sources.base import Kind, Read, Source
from patmark.sources.ledger import Element, Ledger, local, whole
from patmark.sources.ops_biblio import biblio, kind_of_all
from patmark.sources.ops_ids import publication_of
from patmark.sources.ops_legal import events
from patmark.sources.ops_texts import full_claims, full_description
from patmark.sources.several import Found, read_several
from patmark.sources.xml import tells_xml

_ROOT = "world-patent-data"
_LISTS = ("search-result", "equivalents-inquiry", "inquiry-result")
_MEND = "请重新查询 EPO OPS，保存成功的回答后再导入。"


def patents(root: Element) -> Iterator[Found]:
    """Every statement of an answer: each family member, each document, each full text, each search hit.

    Raises BadRecord for an answer that holds none of these.
    """
    members = list(root.iter("{*}family-member"))
    documents = [one for one in root.iter("{*}exchange-document") if not _inside(one, "family-member")]
    texts = list(root.iter("{*}fulltext-document"))
    if members:
        yield from _each(members, _family(members))
    for one in documents:
        yield _statement(one, ())
    for one in texts:
        yield _statement(one, ())
    if members or documents or texts:
        return
    hits = [one for one in root.iter("{*}publication-reference") if _inside(one, *_LISTS)]
    if not hits:
        raise BadRecord(_why_empty(root), mend=_MEND)
    for one in hits:
        yield _hit(one)


def _inside(node: Element, *names: str) -> bool:
    return any(local(one) in names for one in node.iterancestors())


def _why_empty(root: Element) -> str:
    fault = next((one for one in (root, *root.iter("{*}fault")) if local(one) == "fault"), None)
    if fault is not None:
        parts = [whole(one) for name in ("code", "message") for one in fault.findall("{*}" + name)]
        said = "：".join(part for part in parts if part)
        return f"这是 EPO OPS 的出错回答（{said or '没有说明'}），里面没有专利。"
    found = next((local(one) for one in root if local(one) != "meta"), "")
    return f"这份 EPO OPS 回答里没有专利文献（内容是 {found or '空的'}），没有可以读的记录。"


def _family(members: list[Element]) -> tuple[Publication, ...]:
    ledger = Ledger()
    found = (publication_of(ledger, one) for node in members for one in ledger.all(node, "publication-reference"))
    family = tuple(dict.fromkeys(one for one in found if one))
    return family if len(family) > 1 else ()


def _each(members: list[Element], family: tuple[Publication, ...]) -> Iterator[Found]:
    for node in members:
        yield _statement(node, family)


def _statement(node: Element, family: tuple[Publication, ...]) -> Found:
    """A family member, an exchange document or a full text as one statement; a refusal where nothing identifies it."""
    ledger = Ledger()
    inner = node if local(node) != "family-member" else ledger.first(node, "exchange-document")
    found = Patent() if inner is None else _document(ledger, inner)
    if inner is not node:
        found = _member(ledger, node, found)
    if not (found.application or found.publications):
        return BadRecord("这份专利文献没有申请号，也没有公开号，无法登记。", mend=_MEND)
    # DOCDB lists an application among its own priorities.
    priorities = tuple(one for one in found.priorities if one != found.application)
    return replace(found, priorities=priorities, family=family, extra=ledger.rest(node))


def _document(ledger: Ledger, node: Element) -> Patent:
    """What an `exchange-document` or a `fulltext-document` says."""
    data = ledger.first(node, "bibliographic-data")
    found = Patent() if data is None else biblio(ledger, data)
    country, text, kind = (ledger.attribute(node, name) for name in ("country", "doc-number", "kind"))
    if not found.publications and text:
        stated = (Publication(country, text, kind),)
        found = replace(found, publications=stated, office=country, kind=kind_of_all(stated))
    claims, claims_lang = full_claims(ledger, node)
    description, description_lang = full_description(ledger, node)
    return replace(
        found,
        abstracts=tuple(_abstract(ledger, one) for one in ledger.all(node, "abstract") if whole(one)),
        claims=claims,
        claims_lang=claims_lang,
        claim_count=len(claims) or None,
        description=description,
        description_lang=description_lang,
    )


def _abstract(ledger: Ledger, node: Element) -> Localised:
    lang = ledger.attribute(node, "lang").lower()
    ledger.take(node)
    paragraphs = [text for one in ledger.all(node, "p") if (text := whole(one))]
    return Localised("\n".join(paragraphs) or whole(node), lang)


def _member(ledger: Ledger, node: Element, found: Patent) -> Patent:
    """A family member's own references and events over what its document says."""
    own = biblio(ledger, node)
    publications = tuple(dict.fromkeys((*own.publications, *found.publications)))
    return replace(
        found,
        office=own.office or found.office,
        kind=kind_of_all(publications),
        application=own.application or found.application,
        publications=publications,
        priorities=own.priorities or found.priorities,
        events=events(ledger, node),
    )


def _hit(node: Element) -> Found:
    ledger = Ledger()
    found = publication_of(ledger, node)
    if found is None:
        return BadRecord("这条检索结果没有公开号，无法登记。", mend=_MEND)
    return Patent(office=found.country, kind=kind_of_all((found,)), publications=(found,), extra=ledger.rest(node))


def _read(source: Source) -> Iterator[Read]:
    return read_several(source, patents)


KINDS = (Kind("epo_ops", "EPO OPS（XML）", tells_xml(_ROOT, "exchange-documents", "exchange-document"), _read),)
