"""The status a stored record has today: what its events gave it, turned on by the calendar, without any write."""

from __future__ import annotations

from django.utils import timezone

from patmark.lifecycle import StatusRow
from patmark.mark_status import MARK_STATUS_IDS, MARK_STATUSES, MARK_TURNS
from patmark.status import PATENT_STATUS_IDS, PATENT_STATUSES, PATENT_TURNS, at
from zhiquan.records.models import Patent, Trademark


def patent_now(narrow: Patent) -> StatusRow:
    """Today's status of a patent."""
    base = PATENT_STATUS_IDS[narrow.status].status
    return PATENT_STATUSES[at(base, narrow.expiry_date, timezone.localdate(), PATENT_TURNS)]


def trademark_now(narrow: Trademark) -> StatusRow:
    """Today's status of a trademark."""
    base = MARK_STATUS_IDS[narrow.status].status
    return MARK_STATUSES[at(base, narrow.valid_to, timezone.localdate(), MARK_TURNS)]
