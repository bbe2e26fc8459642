"""The many small values of a result as HTML: hits, table rows, values of facets.

Written here and not in templates: a page has a thousand of them, and a template takes ten times as long for each.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from functools import lru_cache
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhiquan.search.hits import Cell, HitView
from zhiquan.search.result import Choice

#: What stands for itself in a list; the name of the others is said before the value.
_PLAIN = frozenset({"apno", "rn", "kind", "pa", "hol"})
_UNMARKED = 'class="quiet mark" name="add" aria-pressed="false"'
_IN_PLACE = 'hx-target="this" hx-swap="outerHTML" hx-push-url="false"'


def hit_list(shown: Iterable[HitView], first: int, marked: Container[int] = ()) -> SafeString:
    """Hits as the items of a list that begins at a number; those among `marked` with their marks."""
    items = "".join(_hit(one, on=one.pk in marked) for one in shown)
    return _safe(f'<ol class="hits" start="{first}" hx-boost="false">{items}</ol>')


def table_rows(shown: Iterable[HitView], first: int, marked: Container[int] = ()) -> SafeString:
    """Hits as the rows of a table, numbered from a number on."""
    return _safe("".join(_row(one, number, on=one.pk in marked) for number, one in enumerate(shown, first)))


def facet_values(rows: Iterable[Choice]) -> SafeString:
    """The values of a facet: each a link that chooses it or takes it back, else the button of a form."""
    return _safe("".join(map(_value, rows)))


def mark_button(record: int, *, on: bool) -> SafeString:
    """The button that marks a record, or takes its mark away."""
    before, after = _button(get_language(), on)
    return _safe(f"{before}{record}{after}")


@lru_cache(maxsize=8)
def _button(language: str | None, on: bool) -> tuple[str, str]:
    """What stands before and behind the record in a button of this language."""
    words = f"★ {_('已标记')}" if on else f"☆ {_('标记')}"
    kind = 'class="quiet mark on" name="remove" aria-pressed="true"' if on else _UNMARKED
    return f'<button {kind} value="', f'" hx-post="{reverse("marks.change")}" {_IN_PLACE}>{words}</button>'


def _hit(hit: HitView, *, on: bool) -> str:
    pictured = ' class="pictured"' if hit.picture else ""
    picture = _picture(hit.picture, hit.address, 96) if hit.picture else ""
    status = f'<span class="status {hit.life}">{escape(hit.status)}</span>' if hit.status else ""
    pending = f'<span class="badge amber">{_("暂存：没有申请号")}</span>' if hit.provisional else ""
    snippet = f'<p class="snippet">{hit.snippet}</p>' if hit.snippet else ""
    return (
        f'<li id="r{hit.pk}"{pictured}>{picture}<h3><a href="{hit.address}">{hit.title}</a></h3>'
        f"{mark_button(hit.pk, on=on)}"
        f'<p class="facts">{status}{pending}{"".join(map(_fact, hit.cells))}</p>{snippet}'
        f'<input type="hidden" name="listed" value="{hit.pk}"></li>\n'
    )


def _fact(cell: Cell) -> str:
    name = "" if cell.key in _PLAIN else f'<span class="what">{escape(cell.name)}</span> '
    return f'<span class="fact {cell.key}">{name}{escape(cell.text)}</span>'


def _row(hit: HitView, number: int, *, on: bool) -> str:
    picture = _picture(hit.picture, "", 32) + " " if hit.picture else ""
    cells = "".join(_cell(one, hit.life) for one in hit.cells)
    return (
        f'<tr id="r{hit.pk}"><td class="number soft">{number:,}</td>'
        f'<th scope="row">{picture}<a href="{hit.address}">{hit.title}</a></th>{cells}'
        f'<td>{mark_button(hit.pk, on=on)}<input type="hidden" name="listed" value="{hit.pk}"></td></tr>\n'
    )


def _cell(cell: Cell, life: str) -> str:
    text = escape(cell.text) or "—"
    shown = f'<span class="status {life}">{text}</span>' if cell.key == "st" else text
    return f'<td class="{cell.key}">{shown}</td>'


def _picture(source: str, address: str, size: int) -> str:
    image = f'<img src="{source}" alt="" width="{size}" height="{size}" loading="lazy" decoding="async">'
    # The title beside it leads to the same page: once is enough for those who listen or go by the keyboard.
    return f'<a class="picture" href="{address}" tabindex="-1" aria-hidden="true">{image}</a>' if address else image


def _value(row: Choice) -> str:
    name, on = escape(row.name), ' class="on"' if row.active else ""
    if row.address:
        current = ' aria-current="true"' if row.active else ""
        word = f'<a id="{row.spot}" href="?{escape(row.address)}"{current}>{name}</a>'
    elif row.active:
        word = f"<span>{name}</span>"
    else:
        word = f'<button class="quiet" name="{row.field}" value="{escape(row.value)}">{name}</button>'
    return f'<li{on}>{word}<span class="count">{row.count:,}</span></li>\n'


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 (everything put into it above is escaped, a number or ours)
