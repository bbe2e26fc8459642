"""What is done to accounts."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from patmark.errors import BadInput
from zhiquan.accounts.models import User
from zhiquan.common.action import Entry, action


@action("administrator.create")
def create_administrator(entry: Entry, username: str, password: str) -> User:
    """A new administrator; `BadInput` where the name is taken or not allowed, or the password too weak."""
    user = User(username=username, is_staff=True, is_superuser=True)
    try:
        validate_password(password, user)
        user.set_password(password)
        user.full_clean()
    except ValidationError as error:
        raise BadInput(" ".join(error.messages), where=f"管理员“{username}”") from error
    user.save()
    entry.after = {"username": username}
    return user


@action("account.password")
def set_password(entry: Entry, user: User, password: str) -> None:
    """A new password for somebody who lost his; whoever is signed in with the old one no longer is."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise BadInput(" ".join(error.messages), where=f"“{user.username}”的新密码") from error
    user.set_password(password)
    user.save(update_fields=["password"])
