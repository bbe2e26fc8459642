"""The API does what its OpenAPI document says: answers and errors of the shapes declared, whatever is asked."""

from __future__ import annotations

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from zhiquan.search.api.document import SAYS, document
from zhiquan.search.api.urls import WANTED

#: Asked each time: no fault of ours, and status, kind and shape of the answer are declared.
CHECKS = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance")
OPERATIONS = [found.ok() for found in schemathesis.openapi.from_dict(document("zh-hans")).get_all_operations()]


@pytest.fixture
def generous(settings, program):
    settings.ZHIQUAN_API_HOURLY_ANONYMOUS = 10_000_000
    settings.ALLOWED_HOSTS = ["*"]
    return get_wsgi_application()


def holds(response, case):
    """What the document says of an answer is so."""
    schemathesis.checks.load_all_checks()
    case.validate_response(response, checks=list(schemathesis.checks.CHECKS.get_by_names(CHECKS)))


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.label)
def test_every_operation_keeps_its_contract(generous, operation, mode):
    operation.app = generous

    @settings(
        max_examples=20,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        response = case.call()
        holds(response, case)

    ask()


def test_every_operation_is_declared_and_described():
    paths = document("zh-hans")["paths"]
    assert {one["get"]["operationId"] for one in paths.values()} == set(SAYS) == set(WANTED)


def test_every_parameter_the_gate_lets_through_is_declared():
    for one in document("zh-hans")["paths"].values():
        name = one["get"]["operationId"]
        declared = {row["name"] for row in one["get"]["parameters"] if row["in"] == "query"}
        assert set(WANTED[name][0].model_fields) <= declared


def said(node):
    """Whatever in the document is for people."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from [value] if key in ("summary", "description") and isinstance(value, str) else said(value)
    elif isinstance(node, list):
        for one in node:
            yield from said(one)


def test_the_english_document_has_no_chinese_to_read():
    assert [one for one in said(document("en")) if any("\u4e00" <= letter <= "\u9fff" for letter in one)] == []
