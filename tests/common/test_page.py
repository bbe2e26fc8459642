"""Pages of the table: open to whoever may, whatever the method; what is mounted is guarded too."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.urls import path

from tests import people
from zhiquan.common.page import mount, page, pages


def hello(request):
    return HttpResponse("您好")


urlpatterns = [
    page("open/", hello, name="open", menu="公开"),
    page("closed/", hello, name="closed", may="mapping.save", menu="内部"),
    mount("brought/", [path("inside/", hello, name="inside")], may="administrator.create", why="别处带来的页面"),
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
CLOSED = ["/closed/", "/brought/inside/"]


def test_anyone_opens_an_open_page(client):
    assert client.get("/open/").content.decode() == "您好"


@pytest.mark.parametrize("address", CLOSED)
@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_a_stranger_sees_nothing_of_a_closed_one(client, address, method):
    client.raise_request_exception = False
    response = getattr(client, method)(address, headers={"accept": "application/json"})
    assert response.status_code == 403 and response.json()["error"]["code"] == "not_allowed"


def test_an_operator_opens_what_the_policy_allows_and_no_more(operator_client):
    json = {"accept": "application/json"}
    assert operator_client.get("/closed/").status_code == 200
    assert operator_client.get("/brought/inside/", headers=json).status_code == 403


def test_an_administrator_opens_what_is_mounted(administrator_client):
    assert administrator_client.get("/brought/inside/").status_code == 200


def test_the_table_lists_every_page_with_who_may():
    listed = [(one.route, one.may, one.why) for one in pages(urlpatterns)]
    assert listed == [
        ("open/", "anyone", ""),
        ("closed/", "mapping.save", ""),
        ("brought/inside/", "administrator.create", "别处带来的页面"),
    ]


def test_a_url_that_is_not_in_the_table_is_an_error():
    with pytest.raises(AttributeError):
        pages([path("wild/", hello)])


def test_the_menu_shows_only_what_one_may_open(rf):
    shown = []
    for user in (people.citizen(), people.operator()):
        actor = people.on_a_page(user)
        shown.append([one.menu for one in pages(urlpatterns) if one.menu and one.open_to(actor)])
    assert shown == [["公开"], ["公开", "内部"]]
