"""Who signs in."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A person with an account: staff are operators, superusers administrators (see policy.py)."""

    class Meta(AbstractUser.Meta):
        verbose_name = verbose_name_plural = "用户"
