"""The kinds of patent documents by office and time: China, Europe, Japan, the United States from 1976 on."""

from __future__ import annotations

from patmark.sources import (
    cnipa,
    cnipa_old,
    jpo,
    st36,
    uspto_application,
    uspto_grant,
    uspto_greenbook,
    uspto_pap,
    uspto_sgml,
    uspto_xml4ip,
)
from patmark.sources.base import Kind

KINDS: tuple[Kind, ...] = (
    cnipa.KIND,
    cnipa_old.KIND,
    st36.KIND,
    uspto_grant.KIND,
    uspto_application.KIND,
    uspto_pap.KIND,
    uspto_sgml.KIND,
    uspto_greenbook.KIND,
    uspto_xml4ip.KIND,
    jpo.KIND,
)
