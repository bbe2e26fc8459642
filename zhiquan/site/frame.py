"""What stands round every page: who runs the site, how this person wants it to look, whether its data are invented."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from zhiquan.demo.loading import WRITING, loaded_share
from zhiquan.records import progress
from zhiquan.records.models import Batch
from zhiquan.site.display import Display

#: Seconds for which a process believes what it last saw of invented data.
KEEP = 10
#: Seconds between two looks at how far the demonstration data are, and after which a silent writer is taken for dead.
LOOK_EVERY, FORGOTTEN = 2, 60
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs the site and how it is filed, as the settings say; what is empty is not shown."""

    organiser: str
    phone: str
    email: str
    icp: str
    police: str
    site_code: str

    @property
    def police_digits(self) -> str:
        """The number by which the public-security register finds the site."""
        return "".join(re.findall(r"\d+", self.police))

    @property
    def reachable(self) -> bool:
        return bool(self.phone or self.email)


def frame(request: HttpRequest) -> dict[str, object]:
    """For every template."""
    operator = Operator(
        settings.ZHIQUAN_ORGANISER,
        settings.ZHIQUAN_PHONE,
        settings.ZHIQUAN_EMAIL,
        settings.ZHIQUAN_ICP,
        settings.ZHIQUAN_POLICE_FILING,
        settings.ZHIQUAN_SITE_CODE,
    )
    return {"display": Display.of(request), "operator": operator, "invented": invented, "filling": filling}


def filling() -> int | None:
    """How many hundredths of the demonstration data are in while they are being made and loaded, else None.

    Making the file is told as the first tenth. At most some seconds old, so that a page costs one look.
    """
    kept = cache.get("filling", -1)
    if isinstance(kept, int) and kept >= 0:
        return kept if kept <= WHOLE else None
    found = _filling()
    cache.set("filling", WHOLE + 1 if found is None else found, LOOK_EVERY)
    return found


def _filling() -> int | None:
    writing = progress.read(WRITING)
    if writing is not None and time.time() - writing.told < FORGOTTEN:
        return int((writing.share or 0) * WHOLE / 10)
    share = loaded_share()
    return None if share is None else WHOLE // 10 + int(share * WHOLE * 9 / 10)


def invented() -> str:
    """`all` or `some` where standing batches are samples, else empty; at most some seconds old."""
    kept = cache.get("invented")
    if isinstance(kept, str):
        return kept
    samples = set(Batch.objects.exclude(state=Batch.State.UNDONE).values_list("sample", flat=True).distinct())
    found = ("some" if False in samples else "all") if True in samples else ""
    cache.set("invented", found, KEEP)
    return found
