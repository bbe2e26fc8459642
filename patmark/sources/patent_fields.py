"""The fields a mapping can name for patents: code, Chinese label, and what each does with its cell."""

from __future__ import annotations

import re
from collections.abc import Callable

from patmark.patent import Citation, Localised, PatentKind
from patmark.sources import cells
from patmark.sources.claim_text import split_claims
from patmark.sources.fillers import RowField, day_filler, list_filler, names_filler, text_filler
from patmark.sources.patent_row import PatentDraft, language

#: Puts a cell into the draft; False for a value it cannot take, which the row then keeps in `extra` under its header.
Filler = Callable[[PatentDraft, str], bool | None]


_LINK_NUMBER = re.compile(r"[?&]filename=([A-Z]{2}\d{6,14}[A-Z]\d?)(?:&|$)", re.IGNORECASE)
_KINDS = (
    ("实用", PatentKind.UTILITY_MODEL),
    ("外观", PatentKind.DESIGN),
    ("发明", PatentKind.INVENTION),
    ("植物", PatentKind.PLANT),
    ("utility model", PatentKind.UTILITY_MODEL),
    ("design", PatentKind.DESIGN),
    ("invention", PatentKind.INVENTION),
)
_PLAIN_KINDS = frozenset({"发明", "发明专利", "实用新型", "实用新型专利", "外观设计", "外观设计专利"})
#: Longer than any number, name or address: such a cell is kept beside the record, not taken apart.
_LONG = 4_000


def fill_application(draft: PatentDraft, text: str) -> bool | None:
    if cells.lost_digits(text):
        draft.extra.append(("数据提示", f"申请号“{text}”是科学计数法，末几位已丢失，没有当作申请号。"))
        return False
    if len(text) > 60 or not any(map(str.isdigit, text)):
        return False
    if draft.application:
        return None if _bare(draft.application) == _bare(text) else False
    if isinstance(text, cells.NumericText) and len(text) in {8, 12}:
        draft.extra.append(("数据提示", f"申请号“{text}”在表格里是数字，校验位可能已丢失。"))
    draft.application = text
    return None


def _bare(number: str) -> str:
    return re.sub(r"\W|^(?:CN|ZL)", "", number.upper())


def fill_publication(draft: PatentDraft, text: str) -> bool | None:
    if draft.publication or not _is_number(draft, text, "公开号"):
        return None if draft.publication == text else False
    draft.publication = text
    return None


def fill_grant_number(draft: PatentDraft, text: str) -> bool | None:
    if draft.grant_number or not _is_number(draft, text, "授权公告号"):
        return None if draft.grant_number == text else False
    draft.grant_number = text
    return None


def _is_number(draft: PatentDraft, text: str, label: str) -> bool:
    if cells.lost_digits(text):
        draft.extra.append(("数据提示", f"{label}“{text}”是科学计数法，末几位已丢失，没有当作{label}。"))
        return False
    return len(text) <= 60 and any(map(str.isdigit, text))


def fill_kind(draft: PatentDraft, text: str) -> bool | None:
    lowered = text.lower()
    draft.kind = next((kind for word, kind in _KINDS if word in lowered), draft.kind)
    # `发明公开` or `授权发明` says more than the kind: that is kept too.
    return None if text in _PLAIN_KINDS else False


def fill_link(draft: PatentDraft, text: str) -> bool | None:
    """A CNKI page address names its document: `…&filename=CN108000001A`."""
    if (match := _LINK_NUMBER.search(text)) and not draft.publication:
        draft.publication = match[1].upper()
    return False


def fill_claims(draft: PatentDraft, text: str) -> bool | None:
    if draft.claims:
        return False
    draft.claims = split_claims(text)
    return None


def fill_first_claim(draft: PatentDraft, text: str) -> bool | None:
    if draft.first_claim:
        return False
    draft.first_claim = text
    return None


def fill_priorities(draft: PatentDraft, text: str) -> bool | None:
    found = cells.priorities(text) if len(text) < _LONG else []
    draft.priorities = draft.priorities + tuple(found)
    return None if found else False


def fill_pct(draft: PatentDraft, text: str) -> bool | None:
    draft.pct = draft.pct or cells.pct_application(text[:_LONG])
    return None if draft.pct else False


def fill_wo(draft: PatentDraft, text: str) -> bool | None:
    draft.wo = draft.wo or cells.pct_publication(text[:_LONG])
    return None if draft.wo else False


def fill_citations(draft: PatentDraft, text: str) -> bool | None:
    draft.citations = draft.citations + tuple(cells.citations(text))
    return None


def fill_literature(draft: PatentDraft, text: str) -> bool | None:
    draft.citations = draft.citations + tuple(Citation(text=one) for one in cells.parts(text))
    return None


def fill_count(draft: PatentDraft, text: str) -> bool | None:
    draft.claim_count = cells.whole_number(text)
    return None if draft.claim_count is not None else False


def fill_postcode(draft: PatentDraft, text: str) -> bool | None:
    if not re.fullmatch(r"\d{6}", text):
        return False
    draft.postcode = text
    return None


def fill_country(draft: PatentDraft, text: str) -> bool | None:
    """The first applicant's country where the cell begins with a two-letter code (ST.3)."""
    match = re.match(r"([A-Z]{2})(?![A-Za-z])", text)
    draft.country = match[1] if match else draft.country
    return None if text == draft.country else False


def fill_uscc(draft: PatentDraft, text: str) -> bool | None:
    if not re.fullmatch(r"[0-9A-Z]{18}", text):
        return False
    draft.uscc = text
    return None


def localised_filler(attribute: str, lang: str = "") -> Filler:
    """Fills a text in a language: the one the column says, otherwise by its letters."""

    def fill(draft: PatentDraft, text: str) -> bool | None:
        held = getattr(draft, attribute)
        one = Localised(text, lang or language(text))
        if any(other.text == text for other in held):
            return None
        if any(other.lang == one.lang for other in held):
            return False
        setattr(draft, attribute, (*held, one))
        return None

    return fill


def symbols_filler(scheme: str, main: bool = False) -> Filler:
    """Fills symbols of one scheme, the main one first."""

    def fill(draft: PatentDraft, text: str) -> bool | None:
        if len(text) > _LONG:
            return False
        if main:
            draft.main = draft.main + cells.symbols(text, scheme, True)
        else:
            draft.symbols = draft.symbols + cells.symbols(text, scheme, False)
        return None

    return fill


PATENT_FIELDS: dict[str, RowField[PatentDraft]] = {
    one.code: one
    for one in (
        RowField("application_number", "申请号", fill_application),
        RowField("application_date", "申请日", day_filler("applied")),
        RowField("publication_number", "公开（公告）号", fill_publication),
        RowField("publication_date", "公开（公告）日", day_filler("published")),
        RowField("grant_number", "授权公告号", fill_grant_number),
        RowField("grant_date", "授权公告日", day_filler("granted")),
        RowField("certificate_date", "颁证日", day_filler("certified")),
        RowField("kind", "专利类型", fill_kind),
        RowField("title", "专利名称", localised_filler("titles"), free=True),
        RowField("title_en", "英文名称", localised_filler("titles", "en"), free=True),
        RowField("abstract", "摘要", localised_filler("abstracts"), free=True),
        RowField("abstract_en", "英文摘要", localised_filler("abstracts", "en"), free=True),
        RowField("claims", "权利要求书", fill_claims),
        RowField("first_claim", "主权项", fill_first_claim),
        RowField("claim_count", "权利要求数", fill_count),
        RowField("description", "说明书", text_filler("description")),
        RowField("applicants", "申请（专利权）人", names_filler("applicants")),
        RowField("address", "申请人地址", list_filler("addresses")),
        RowField("postcode", "申请人邮编", fill_postcode),
        RowField("country", "申请人国别", fill_country),
        RowField("uscc", "统一社会信用代码", fill_uscc),
        RowField("owners", "当前权利人", names_filler("owners")),
        RowField("owner_address", "当前权利人地址", list_filler("owner_addresses")),
        RowField("inventors", "发明（设计）人", names_filler("inventors")),
        RowField("agency", "代理机构", text_filler("agency")),
        RowField("agents", "代理人", names_filler("agents")),
        RowField("examiner", "审查员", names_filler("examiners")),
        RowField("main_ipc", "主分类号", symbols_filler("ipc", main=True)),
        RowField("ipc", "IPC 分类号", symbols_filler("ipc")),
        RowField("main_cpc", "CPC 主分类号", symbols_filler("cpc", main=True)),
        RowField("cpc", "CPC 分类号", symbols_filler("cpc")),
        RowField("locarno", "洛迦诺分类号", symbols_filler("locarno")),
        RowField("uspc", "美国分类号", symbols_filler("uspc")),
        RowField("fi", "FI 分类号", symbols_filler("fi")),
        RowField("fterm", "F-term", symbols_filler("fterm")),
        RowField("priorities", "优先权（号）", fill_priorities),
        RowField("priority_dates", "优先权日", list_filler("priority_days")),
        RowField("priority_countries", "优先权国别", list_filler("priority_countries")),
        RowField("pct_application", "国际申请（号）", fill_pct),
        RowField("pct_application_date", "国际申请日", day_filler("pct_day")),
        RowField("pct_publication", "国际公布（号）", fill_wo),
        RowField("pct_publication_date", "国际公布日", day_filler("wo_day")),
        RowField("national_entry", "进入国家阶段日", day_filler("entry")),
        RowField("parents", "分案原申请号", list_filler("parents")),
        RowField("family", "同族", list_filler("family")),
        RowField("citations", "引证文献", fill_citations),
        RowField("literature", "非专利引证", fill_literature),
        RowField("status", "法律状态", text_filler("status")),
        RowField("link", "详情链接（取其中的公开号）", fill_link),
    )
}
