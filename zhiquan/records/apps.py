"""The app of what we hold: files, batches, statements, records."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "zhiquan.records"
    label = "records"
    verbose_name = "数据"
    default_auto_field = "django.db.models.BigAutoField"
