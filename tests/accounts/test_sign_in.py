"""Signing in and out, on Django's own views in our look."""

from __future__ import annotations

import pytest

from tests import people

pytestmark = pytest.mark.django_db


def test_who_signs_in_sees_his_name_and_can_sign_out(client):
    people.operator()
    response = client.post("/sign-in/", {"username": "wang", "password": people.PASSWORD}, follow=True)
    assert "wang" in response.content.decode() and "退出" in response.content.decode()
    response = client.post("/sign-out/", follow=True)
    assert "登录" in response.content.decode() and "wang" not in response.content.decode()


def test_a_wrong_password_is_told_in_chinese(client):
    people.operator()
    response = client.post("/sign-in/", {"username": "wang", "password": "wrong"})
    assert response.status_code == 200 and "请输入" in response.content.decode()


def test_signing_in_leads_back_to_the_page_one_came_from(client):
    people.operator()
    data = {"username": "wang", "password": people.PASSWORD, "next": "/health/"}
    assert client.post("/sign-in/", data).headers["location"] == "/health/"


def test_signing_in_never_leads_to_another_site(client):
    people.operator()
    data = {"username": "wang", "password": people.PASSWORD, "next": "//example.org/"}
    assert client.post("/sign-in/", data).headers["location"] == "/"


def test_passwords_are_kept_with_argon2():
    assert people.operator().password.startswith("argon2")
