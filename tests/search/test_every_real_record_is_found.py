"""Every real file goes in, and every record of it is found by what it has: number, title, applicant, class, date."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from patmark.fields import Subject
from patmark.patent import Patent, Person, Role
from tests.search.conftest import at
from tests.shared_data import shared
from zhiquan.common.action import CONSOLE
from zhiquan.records import importing, queries
from zhiquan.records.models import Record
from zhiquan.records.storing import merged
from zhiquan.search import index
from zhiquan.search.answers import ask

FOLDERS = ("cn_exports", "patent_xml", "trademark_xml", "epo_ops", "uspto_json")
PATENTS, TRADEMARKS = 457, 4
SCHEMES = {"ipc": "ipc", "cpc": "cpc", "locarno": "loc"}


@pytest.mark.django_db
def test_every_record_of_the_real_files_is_found_by_what_it_has(tmp_path):
    paths = [shared(f"data/{folder}") for folder in FOLDERS]
    cache.clear()
    with at(tmp_path / "home"):
        importing.import_paths(CONSOLE, paths)
        index.catch_up()
        live = list(Record.objects.filter(state=Record.State.LIVE))
        documents = queries.documents_of([record.pk for record in live])
        lost = [
            f"{record.key}: {query}"
            for record in live
            for subject, query in questions(record, merged(documents[record.pk]))
            if record.pk not in ask(query, subject, limit=1000, facets=()).keys
        ]
    assert lost == []
    assert sum(isinstance(merged(documents[record.pk]), Patent) for record in live) == PATENTS
    assert len(live) == PATENTS + TRADEMARKS


def questions(record: Record, document) -> Iterator[tuple[Subject, str]]:
    """What a person could type for this record; each must find it."""
    if isinstance(document, Patent):
        yield from ((Subject.PATENT, one) for one in _of_patent(record, document))
    else:
        yield from ((Subject.TRADEMARK, one) for one in _of_mark(record, document))


def _of_patent(record: Record, patent: Patent) -> Iterator[str]:
    if not record.provisional:
        yield record.key
    for one in record.publications.all():
        yield one.number
        yield f"pn:{one.number}"
    yield from _words("ti", patent.title)
    yield from _people("pa", patent.named(Role.APPLICANT))
    for one in patent.symbols[:3]:
        if one.scheme in SCHEMES:
            yield f'{SCHEMES[one.scheme]}:"{one.symbol}"'
    if patent.application and patent.application.date:
        yield f"ad:{patent.application.date}"


def _of_mark(record: Record, mark) -> Iterator[str]:
    yield record.key
    yield from _words("mark", mark.mark)
    yield from _people("hol", [one for one in mark.people if one.role is Role.APPLICANT])
    for one in mark.goods:
        yield f"nice:{one.nice}"
    if mark.filing_date:
        yield f"fd:{mark.filing_date}"


def _words(field: str, text: str) -> Iterator[str]:
    clean = " ".join(text.replace('"', " ").split())
    if clean:
        yield f'{field}:"{clean[:300]}"' if len(clean) <= 300 else f'{field}:"{clean[:300].rpartition(" ")[0]}"'
        yield f'"{clean}"' if len(clean) <= 300 else f'"{clean.split()[0]}"'


def _people(field: str, people: list[Person]) -> Iterator[str]:
    for one in people[:2]:
        yield from _words(field, one.name)
