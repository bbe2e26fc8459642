"""Marked lists: the records somebody put aside in a browser, without an account."""

from __future__ import annotations

from django.db import models

from zhiquan.records.models import Record


class MarkedList(models.Model):
    """One browser's list. Its cookie holds a secret of which only the digest is kept here; `share` lets others read it.

    Nothing here says who marked: no account, no address of a machine.
    """

    secret = models.CharField("密钥摘要", max_length=64, unique=True)
    share = models.CharField("分享号", max_length=22, unique=True)
    used = models.DateTimeField("最近使用", db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "标记清单"

    def __str__(self) -> str:
        return self.share


class Marked(models.Model):
    """One record on a list. A record that goes takes nothing with it here: what stands no longer is not shown."""

    list = models.ForeignKey(MarkedList, models.CASCADE, related_name="marks")
    record = models.ForeignKey(Record, models.DO_NOTHING, db_constraint=False)
    at = models.DateTimeField("标记时间")

    class Meta:
        verbose_name = verbose_name_plural = "标记"
        constraints = [models.UniqueConstraint(fields=("list", "record"), name="marked_once")]
