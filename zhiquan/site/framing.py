"""The template tag `{% framed "…" %}`: parts of pages, made once for all strangers who look at them alike."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from contextlib import suppress

from django import template
from django.conf import settings
from django.template.context import Context
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from zhiquan.site.display import Display
from zhiquan.site.frame import invented

register = template.Library()
#: Making head and foot costs several times what the rest of a plain page does.
_made: OrderedDict[Hashable, str] = OrderedDict()
MOST = 256
#: Stands in what is kept for the address of the page, to which its forms lead back. No address holds a NUL.
HERE = "\0here\0"


@register.simple_tag(takes_context=True)
def framed(context: Context, name: str, stamp: str | None = None) -> SafeString:
    """The template rendered with `here`, the page's own address; kept where nothing in it is a person's own.

    What is shown in it beside the frame's own words goes by its `stamp`; an empty one is not kept at all.
    """
    request = context.get("request")
    user = context.get("user")
    if request is None:
        return _render(context, name, "")
    if stamp == "" or user is None or user.is_authenticated or not isinstance(context.get("display"), Display):
        return _render(context, name, request.get_full_path())
    match = request.resolver_match
    key = (
        *(name, get_language(), str(context["display"]), context.get("city"), context.get("operator"), invented()),
        *(stamp, match.url_name if match else "", bool(context.get("asks_itself")), settings.ROOT_URLCONF),
    )
    made = _made.get(key)
    if made is None:
        made = _made[key] = _render(context, name, HERE)
        if len(_made) > MOST:
            with suppress(KeyError):
                _made.popitem(last=False)
    return mark_safe(made.replace(HERE, escape(request.get_full_path())))  # noqa: S308 (rendered, and escaped)


def _render(context: Context, name: str, here: str) -> SafeString:
    with context.push(here=here):
        return context.template.engine.get_template(name).render(context)  # type: ignore[union-attr]
