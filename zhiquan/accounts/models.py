"""Who signs in, the keys of their programs, and how much of an hour each caller of the API has used."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone


class User(AbstractUser):
    """A person with an account: staff are operators, superusers administrators (see policy.py)."""

    class Meta(AbstractUser.Meta):
        verbose_name = verbose_name_plural = "用户"


class Token(models.Model):
    """A key to the API for one person's programs. Only a digest is kept; `hint` is its beginning, to know it again.

    `used` is the hour it was last used in, roughly: it is written when an hour's requests are counted.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens", verbose_name="所有人")
    name = models.CharField("用途", max_length=60)
    hint = models.CharField("开头", max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField("建立时间", auto_now_add=True)
    expires = models.DateField("有效至", null=True)
    revoked = models.DateTimeField("作废时间", null=True)
    used = models.DateTimeField("最近使用", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "接口令牌"
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("owner", "name"), condition=models.Q(revoked=None), name="one_token_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.hint}…）"

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.expires is not None and self.expires < timezone.localdate()


class Allowance(models.Model):
    """How many of an hour's requests to the API have been given out to one caller; see `allowances.py`."""

    caller = models.CharField(max_length=64)
    hour = models.BigIntegerField()
    taken = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("caller", "hour"), name="one_allowance_an_hour")]
        indexes = [models.Index(fields=("hour",), name="allowances_by_hour")]
