"""Every URL is a line of the table of pages and so names who may; strangers are turned away where they must be."""

import pytest
from django.urls import URLPattern, get_resolver, reverse

from tests.architecture.tree import files
from zhiquan.accounts.policy import POLICY, Role
from zhiquan.common.page import ANYONE, pages

#: What a page with parameters is asked with: the name of the page, then its arguments. A new page adds its line.
ARGUMENTS = {
    **{f"api.{name}": {"subject": "patents"} for name in ("search", "record", "count", "export", "suggest")},
    "api.nowhere": {"rest": "nowhere"},
    "token.revoke": {"pk": 1},
    "export.file": {"form": "csv"},
    "trademarks.export.file": {"form": "csv"},
    "search.values": {"key": "dist"},
    "trademarks.values": {"key": "dist"},
    "marks.shared": {"number": "x"},
    "marks.take": {"number": "x"},
    "patent": {"number": "CN000000000000"},
    "trademark": {"number": "0"},
    "patent.picture": {"number": "CN000000000000", "n": 1},
    "trademark.picture": {"number": "0", "n": 1},
    "patent.bibtex": {"number": "CN000000000000"},
    "patent.ris": {"number": "CN000000000000"},
    "patent.qr": {"number": "CN000000000000"},
    "trademark.bibtex": {"number": "0"},
    "trademark.ris": {"number": "0"},
    "trademark.qr": {"number": "0"},
    "search.figure": {"form": "svg"},
    "trademarks.figure": {"form": "svg"},
    "batch": {"pk": 1},
    "batch.progress": {"pk": 1},
    "batch.start": {"pk": 1},
    "batch.stop": {"pk": 1},
    "batch.undo": {"pk": 1},
    "batch.file": {"pk": 1, "file": 1},
    "batch.reject-list": {"pk": 1},
    "batch.rejects": {"pk": 1},
    "batch.rejects-zip": {"pk": 1},
    "reject": {"pk": 1},
    "quality.records": {"check": "patent-title"},
    "quality.place": {"key": "1"},
    "quality.conflict": {"pk": 1},
    "quality.merge": {"pk": 1},
}


def address(page):
    return reverse(page.name, kwargs=ARGUMENTS.get(page.name))


def test_every_url_comes_from_the_table():
    assert len(pages()) == len({page.name for page in pages()}) >= 4


def test_every_view_of_an_app_stands_in_the_table():
    modules = {
        pattern.callback.__module__ for pattern in get_resolver().url_patterns if isinstance(pattern, URLPattern)
    }
    apps = {path.parent.name for path in files("zhiquan") if path.name == "views.py"}
    assert {f"zhiquan.{app}.views" for app in apps} <= modules


@pytest.mark.django_db
@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_a_stranger_gets_what_the_table_says(page, client):
    status = client.get(address(page)).status_code
    if page.may == ANYONE:
        assert status not in (401, 403, 500), "open to anyone"
    else:
        assert status == 403
        assert client.post(address(page)).status_code == 403


#: Pages of whoever has an account, whatever his role.
PERSONAL = {name for name, rule in POLICY.items() if Role.PERSON in rule.scopes}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "page", [page for page in pages() if page.may not in {ANYONE, *PERSONAL}], ids=lambda page: page.name
)
def test_an_account_without_a_role_is_a_stranger(page, citizen_client):
    assert citizen_client.get(address(page)).status_code == 403
