"""The cast of the tests: who acts in them, and what each may be expected to do."""

from __future__ import annotations

from zhiquan.accounts.models import User
from zhiquan.common.action import Actor

PASSWORD = "correct-horse-77"


def person(username: str, **traits: bool) -> User:
    """Someone with an account and the password above."""
    return User.objects.create_user(username, password=PASSWORD, **traits)


def operator() -> User:
    """Wang works at the window: imports files, mends rejected rows."""
    return person("wang", is_staff=True)


def administrator() -> User:
    """Li runs the platform: may do everything."""
    return person("li", is_staff=True, is_superuser=True)


def citizen() -> User:
    """Chen has an account and no role: sees what everybody sees."""
    return person("chen")


def on_a_page(user: User) -> Actor:
    """This person acting through the site."""
    return Actor("page", user, "127.0.0.1")
