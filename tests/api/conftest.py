"""The API as a program uses it, over the product's sample; each test begins with a full allowance."""

from __future__ import annotations

import pytest

from tests.search.conftest import home, own, sample  # noqa: F401 (fixtures)
from zhiquan.accounts import allowances


class Program:
    """A program that asks and reads JSON."""

    def __init__(self, client):
        self.client = client

    def ask(self, path, /, headers=None, **given):
        """The answer, with its JSON in `.told`."""
        response = self.client.get(f"/api/v1/{path}", given, headers=headers or {})
        if response["Content-Type"] == "application/json":
            response.told = response.json()
        return response

    def data(self, path, /, **given):
        response = self.ask(path, **given)
        assert response.status_code == 200, response.content.decode()
        assert set(response.told) == {"data", "about"}
        return response.told["data"]

    def error(self, path, /, status, **given):
        response = self.ask(path, **given)
        assert response.status_code == status, response.content.decode()
        assert set(response.told) == {"error"}
        assert set(response.told["error"]) == {"code", "sentence", "mend", "where"}
        return response.told["error"]


@pytest.fixture(autouse=True)
def full_allowance():
    allowances.forget()
    yield
    allowances.forget()


@pytest.fixture
def program(sample, db, client):  # noqa: F811
    return Program(client)
