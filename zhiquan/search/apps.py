"""The app of asking: the index that follows the records, the search pages and commands."""

from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "zhiquan.search"
    label = "search"
    verbose_name = "检索"
