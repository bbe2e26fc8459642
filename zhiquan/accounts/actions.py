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
