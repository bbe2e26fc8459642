"""The audit: one row for each passage through the door for writes, appended and never changed."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any, Self

import orjson
from django.db import models
from django.utils import timezone

SALT_BYTES = 16


def digest_of(salt: bytes, payload: Mapping[str, Any]) -> bytes:
    """The 32 bytes that stand for a payload: whoever chains entries needs these only, not what people wrote."""
    return hashlib.sha256(salt + orjson.dumps(payload, option=orjson.OPT_SORT_KEYS)).digest()


class AuditEntry(models.Model):
    """Who did what, to what, from where, and what it was before and after.

    Everything that may name a person stands in `payload`. Where the law demands erasure, `payload` and `salt` are
    emptied together: `digest` still stands, so a chain over the entries still verifies, and the digest of a short
    payload cannot be guessed without its salt. The database itself refuses any other change (see the first migration).
    """

    class Outcome(models.TextChoices):
        DONE = "done", "已完成"
        REFUSED = "refused", "已拒绝"

    at = models.DateTimeField("时间", default=timezone.now, db_index=True)
    action = models.CharField("操作", max_length=64, db_index=True)
    outcome = models.CharField("结果", max_length=8, choices=Outcome)
    actor = models.CharField("操作者", max_length=64, db_index=True)
    via = models.CharField("途径", max_length=8)
    target = models.CharField("对象", max_length=200, blank=True, db_index=True)
    count = models.PositiveIntegerField("件数", null=True)
    content = models.CharField("内容摘要", max_length=128, blank=True)
    payload = models.JSONField("内容", null=True)
    salt = models.BinaryField("盐", null=True)
    digest = models.BinaryField("校验值")

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "操作记录"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor} {self.action} {self.target} {self.get_outcome_display()}"

    @classmethod
    def write(cls, *, payload: Mapping[str, Any], **columns: Any) -> Self:
        """Append one entry; its digest covers the payload under a fresh salt."""
        salt = secrets.token_bytes(SALT_BYTES)
        return cls.objects.create(payload=dict(payload), salt=salt, digest=digest_of(salt, payload), **columns)

    @property
    def verifies(self) -> bool:
        """Whether the payload is the one written; an erased one has nothing left to doubt."""
        if self.payload is None or self.salt is None:
            return self.payload is None and self.salt is None
        return digest_of(bytes(self.salt), self.payload) == bytes(self.digest)
