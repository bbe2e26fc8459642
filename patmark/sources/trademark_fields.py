"""The fields a mapping can name for trademarks: code, Chinese label, and what each does with its cell."""

from __future__ import annotations

import re
from collections.abc import Callable

from patmark.sources import cells
from patmark.sources.fillers import RowField, day_filler, list_filler, names_filler, text_filler
from patmark.sources.trademark_row import TrademarkDraft, class_of, nice_classes
from patmark.trademark import MarkFeature, MarkKind

#: Puts a cell into the draft; False for a value it cannot take, which the row then keeps in `extra` under its header.
Filler = Callable[[TrademarkDraft, str], bool | None]


_KINDS = (
    ("集体", MarkKind.COLLECTIVE),
    ("证明", MarkKind.CERTIFICATION),
    ("地理标志", MarkKind.GEOGRAPHICAL_INDICATION),
    ("一般", MarkKind.TRADEMARK),
    ("普通", MarkKind.TRADEMARK),
)
_FEATURES = (
    ("组合", MarkFeature.COMBINED),
    ("图文", MarkFeature.COMBINED),
    ("立体", MarkFeature.THREE_DIMENSIONAL),
    ("三维", MarkFeature.THREE_DIMENSIONAL),
    ("颜色", MarkFeature.COLOUR),
    ("声音", MarkFeature.SOUND),
    ("图形", MarkFeature.FIGURATIVE),
    ("文字", MarkFeature.WORD),
)
_LONGEST_NUMBER = 40


def number_filler(attribute: str) -> Filler:
    """Fills a number; what a spreadsheet has rounded away is no number any more."""

    def fill(draft: TrademarkDraft, text: str) -> bool | None:
        if cells.lost_digits(text):
            draft.extra.append(("数据提示", f"注册号“{text}”是科学计数法，末几位已丢失，没有当作注册号。"))
            return False
        if len(text) > _LONGEST_NUMBER or not any(map(str.isdigit, text)):
            return False
        if held := getattr(draft, attribute):
            return None if held == text else False
        setattr(draft, attribute, text)
        return None

    return fill


def fill_classes(draft: TrademarkDraft, text: str) -> bool | None:
    found = nice_classes(text[:1_000])
    draft.classes = tuple(dict.fromkeys((*draft.classes, *found)))
    return None if found else False


def fill_groups(draft: TrademarkDraft, text: str) -> bool | None:
    found = [one for one in re.findall(r"(?<!\d)\d{4}(?!\d)", text[:10_000]) if 1 <= class_of(one) <= 45]
    draft.groups = tuple(dict.fromkeys((*draft.groups, *found)))
    return None if found else False


def fill_kind(draft: TrademarkDraft, text: str) -> bool | None:
    found = [kind for word, kind in _KINDS if word in text]
    draft.kind = found[0] if found else draft.kind
    return None if len(found) == 1 else False


def fill_feature(draft: TrademarkDraft, text: str) -> bool | None:
    found = [feature for word, feature in _FEATURES if word in text]
    draft.feature = (
        MarkFeature.COMBINED
        if {MarkFeature.WORD, MarkFeature.FIGURATIVE} <= set(found)
        else (found[0] if found else MarkFeature.OTHER)
    )
    return None if found else False


def fill_term(draft: TrademarkDraft, text: str) -> bool | None:
    """The exclusive term: `2012-01-14 至 2022-01-13`, `2012年01月14日至2022年01月13日`; a single day is its end."""
    days = [one for found in cells.DAY.findall(text[:200]) if (one := cells.day(found))]
    if len(days) == 2:
        draft.valid_from, draft.valid_to = days
    elif len(days) == 1:
        draft.valid_to = days[0]
    return None if days else False


def fill_shared(draft: TrademarkDraft, text: str) -> bool | None:
    if text not in {"是", "否", "Y", "N", "1", "0"}:
        return False
    draft.shared = text in {"是", "Y", "1"}
    return None


def fill_priorities(draft: TrademarkDraft, text: str) -> bool | None:
    found = cells.priorities(text[:4_000])
    draft.priorities = (*draft.priorities, *found)
    return None if found else False


TRADEMARK_FIELDS: dict[str, RowField[TrademarkDraft]] = {
    one.code: one
    for one in (
        RowField("number", "申请号", number_filler("number")),
        RowField("registration_number", "注册号", number_filler("registration")),
        RowField("mark", "商标名称", text_filler("mark"), free=True),
        RowField("transliteration", "商标音译", text_filler("transliteration")),
        RowField("translation", "商标含义", text_filler("translation")),
        RowField("description", "商标说明", text_filler("description")),
        RowField("kind", "商标类型", fill_kind),
        RowField("feature", "商标形式", fill_feature),
        RowField("classes", "国际分类", fill_classes),
        RowField("groups", "类似群", fill_groups),
        RowField("goods", "商品/服务", text_filler("goods"), free=True),
        RowField("applicants", "申请人", names_filler("applicants")),
        RowField("original_applicants", "申请人英文名称", list_filler("original_applicants")),
        RowField("address", "申请人地址", list_filler("addresses")),
        RowField("uscc", "统一社会信用代码", text_filler("uscc")),
        RowField("co_owners", "共有人", names_filler("co_owners")),
        RowField("agency", "代理机构", text_filler("agency")),
        RowField("filing_date", "申请日期", day_filler("filed")),
        RowField("preliminary_date", "初审公告日期", day_filler("preliminary")),
        RowField("preliminary_issue", "初审公告期号", text_filler("preliminary_issue")),
        RowField("registration_date", "注册公告日期", day_filler("registered")),
        RowField("registration_issue", "注册公告期号", text_filler("registration_issue")),
        RowField("term", "专用权期限", fill_term),
        RowField("valid_from", "专用期开始", day_filler("valid_from")),
        RowField("valid_to", "专用期截止", day_filler("valid_to")),
        RowField("international_date", "国际注册日期", day_filler("international")),
        RowField("designation_date", "后期指定日期", day_filler("designated")),
        RowField("priorities", "优先权号", fill_priorities),
        RowField("priority_date", "优先权日期", day_filler("priority_date")),
        RowField("vienna", "图形要素", list_filler("vienna")),
        RowField("colours", "指定颜色", text_filler("colours")),
        RowField("disclaimer", "放弃专用权", text_filler("disclaimer")),
        RowField("shared", "是否共有商标", fill_shared),
        RowField("picture", "商标图样", text_filler("picture")),
        RowField("status", "商标状态", text_filler("status")),
    )
}
