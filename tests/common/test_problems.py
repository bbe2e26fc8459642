"""Problems become a page, a part of one or JSON, with their status and a sentence."""

from __future__ import annotations

import pytest
from django.http import Http404

from patmark.errors import BadQuery, EngineDown
from zhiquan.common.page import page
from zhiquan.common.problems import SPEAKS_JSON
from zhiquan.site import urls


def bad_query(request):
    raise BadQuery("少了一个右括号。", start=3, end=4, mend="请在末尾补上“)”。")


def engine_down(request):
    raise EngineDown("检索引擎没有应答。")


def bug(request):
    raise RuntimeError("the inside of the fault")


def api_bug(request):
    request.META[SPEAKS_JSON] = True
    raise RuntimeError("the inside of the fault")


def missing(request):
    raise Http404


urlpatterns = [
    *urls.urlpatterns,
    page("bad/", bad_query, name="bad"),
    page("down/", engine_down, name="down"),
    page("bug/", bug, name="bug"),
    page("api-bug/", api_bug, name="api-bug"),
    page("inside/", missing, name="inside", may="mapping.save"),
    page("missing/", missing, name="missing"),
]
handler404 = "zhiquan.common.problems.not_found"
handler500 = "zhiquan.common.problems.broken"

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
JSON = {"accept": "application/json"}


def test_a_problem_is_a_page_with_its_sentence_and_how_to_mend_it(client):
    response = client.get("/bad/")
    assert response.status_code == 400
    text = response.content.decode()
    assert "少了一个右括号。" in text and "请在末尾补上“)”。" in text and "<main" in text


def test_a_problem_is_json_for_who_asks_for_it(client):
    response = client.get("/bad/", headers=JSON)
    assert response.status_code == 400
    assert response.json() == {
        "error": {"code": "bad_query", "sentence": "少了一个右括号。", "where": "", "mend": "请在末尾补上“)”。"}
    }


def test_a_problem_is_a_part_of_a_page_for_htmx(client):
    text = client.get("/bad/", headers={"hx-request": "true"}).content.decode()
    assert "少了一个右括号。" in text and "<main" not in text


def test_an_engine_that_is_down_answers_503(client):
    assert client.get("/down/").status_code == 503


@pytest.mark.parametrize("address", ["/missing/", "/nowhere/"])
def test_a_page_that_is_not_there_says_so_in_chinese(client, address):
    response = client.get(address)
    assert response.status_code == 404 and "没有您要找的页面" in response.content.decode()


@pytest.mark.parametrize("headers", [{}, JSON])
def test_a_fault_of_ours_keeps_its_inside_to_itself(client, headers):
    client.raise_request_exception = False
    response = client.get("/bug/", headers=headers)
    text = response.content.decode()
    assert response.status_code == 500 and "平台出了故障" in text and "inside of the fault" not in text


def test_what_speaks_json_tells_faults_of_ours_so_too(client):
    client.raise_request_exception = False
    response = client.get("/api-bug/", headers={"Accept": "text/html"})
    assert response.status_code == 500 and response.json()["error"]["code"] == "broken"
    assert "inside" not in response.content.decode()


def test_an_answer_that_may_come_later_says_when(client):
    assert client.get("/down/")["Retry-After"] == "5"


def test_a_forged_form_is_refused_with_a_sentence(client):
    client.handler.enforce_csrf_checks = True
    response = client.post("/sign-in/", {"username": "li", "password": "x"})
    assert response.status_code == 403 and "表单已经失效" in response.content.decode()


def test_a_page_refused_to_a_stranger_offers_to_sign_in_and_come_back(client):
    response = client.get("/inside/?a=1")
    assert response.status_code == 403 and 'href="/sign-in/?next=/inside/%3Fa%3D1"' in response.content.decode()
