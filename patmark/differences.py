"""What changed between two states of a record, in words a person can read."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from enum import Enum

from patmark.patent import (
    ApplicationNumber,
    Citation,
    Claim,
    Event,
    Localised,
    Patent,
    Person,
    Picture,
    Publication,
    Section,
    Symbol,
)
from patmark.trademark import Goods, Trademark

#: Longest text shown for one side of a difference, in characters.
SHOWN = 160
#: Elements listed for one side before the rest is only counted.
LISTED = 6

LABELS = {
    "office": "受理机构",
    "kind": "类型",
    "application": "申请号与申请日",
    "publications": "公开（公告）文献",
    "titles": "名称",
    "abstracts": "摘要",
    "claims": "权利要求",
    "claims_lang": "权利要求语种",
    "description": "说明书",
    "description_lang": "说明书语种",
    "people": "相关人员与机构",
    "symbols": "分类号",
    "priorities": "优先权",
    "pct_application": "国际申请",
    "pct_publication": "国际公布",
    "national_entry": "进入国家阶段日",
    "parents": "母案",
    "family": "同族",
    "citations": "引证文献",
    "events": "法律事件",
    "pictures": "附图",
    "status_text": "来源所载法律状态",
    "grant_date": "授权公告日",
    "data_date": "数据日期",
    "claim_count": "权利要求项数",
    "extra": "其他项目",
    "feature": "商标形式",
    "number": "申请/注册号",
    "registration_number": "注册号",
    "mark": "商标名称",
    "mark_transliteration": "商标音译",
    "mark_translation": "商标含义",
    "mark_description": "商标说明",
    "goods": "商品/服务",
    "nice_edition": "尼斯分类版本",
    "filing_date": "申请日",
    "preliminary_publication_date": "初审公告日",
    "preliminary_publication_issue": "初审公告期号",
    "registration_date": "注册日",
    "registration_publication_issue": "注册公告期号",
    "valid_from": "专用期起",
    "valid_to": "专用期止",
    "international_registration_date": "国际注册日",
    "designation_date": "后期指定日",
    "vienna": "图形要素",
    "colours": "指定颜色",
    "disclaimer": "放弃专用权部分",
    "shared": "共有商标",
}
_ROLES = {
    "applicant": "申请人",
    "owner": "权利人",
    "inventor": "发明人",
    "agent": "代理人",
    "agency": "代理机构",
    "examiner": "审查员",
}
_KINDS = {
    "invention": "发明",
    "utility_model": "实用新型",
    "design": "外观设计",
    "plant": "植物专利",
    "trademark": "普通商标",
    "collective": "集体商标",
    "certification": "证明商标",
    "geographical_indication": "地理标志",
    "word": "文字",
    "figurative": "图形",
    "combined": "图文组合",
    "three_dimensional": "立体",
    "colour": "颜色组合",
    "sound": "声音",
    "other": "其他",
    "unknown": "未知",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One changed field: its code, Chinese label, and the old and new value as short readable text (empty: none).

    For many-valued fields only what went and what came is told.
    """

    field: str
    label: str
    old: str
    new: str


def differences(before: Patent | Trademark, after: Patent | Trademark) -> list[Difference]:
    """What changed from one state of a record to the next, in the order of its fields; equal records give nothing."""
    found: list[Difference] = []
    for one in fields(after):
        old, new = getattr(before, one.name, None), getattr(after, one.name)
        if old == new:
            continue
        found.append(Difference(one.name, LABELS[one.name], *_both(old, new)))
    return found


def _both(old: object, new: object) -> tuple[str, str]:
    if isinstance(old, tuple) and isinstance(new, tuple):
        gone = [one for one in old if one not in new]
        come = [one for one in new if one not in old]
        if not gone and not come:
            return _listed(old) + "（原顺序）", _listed(new) + "（新顺序）"
        if len(gone) == len(come) == 1:
            return _parted(shown(gone[0]), shown(come[0]))
        return _listed(gone), _listed(come)
    return _parted(shown(old), shown(new))


def _listed(values: list[object] | tuple[object, ...]) -> str:
    text = "；".join(_cut(shown(one), SHOWN // 2) for one in values[:LISTED])
    return text + (f" 等 {len(values)} 项" if len(values) > LISTED else "")


def _parted(old: str, new: str) -> tuple[str, str]:
    """Two texts cut to what can be read, beginning a little before their first difference."""
    if max(len(old), len(new)) <= SHOWN:
        return old, new
    at = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), 0)
    start = max(0, at - 20)
    lead = "…" if start else ""
    return lead + _cut(old[start:], SHOWN), lead + _cut(new[start:], SHOWN)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length] + "…"


def shown(value: object) -> str:
    """A value of a record as a person reads it."""
    match value:
        case None | False:
            return ""
        case True:
            return "是"
        case Enum():
            return _KINDS.get(str(value.value), str(value.value))
        case date():
            return value.isoformat()
        case Localised() | Section():
            return value.text
        case Claim():
            return f"{value.number}. {value.text}"
        case Person():
            particulars = " ".join(one for one in (value.code, value.postcode, value.address) if one)
            return f"{_ROLES[value.role]} {value.name}" + (f"（{particulars}）" if particulars else "")
        case Publication():
            return _spaced(f"{value.country}{value.number}{value.kind}", value.date)
        case ApplicationNumber():
            return _spaced(f"{value.country}{value.number}", value.date)
        case Symbol():
            return f"{value.symbol}（主分类）" if value.main else value.symbol
        case Citation():
            return _spaced(shown(value.publication) or value.text, value.category)
        case Event():
            return _spaced(value.date or value.effective, value.code, value.title, value.detail)
        case Picture():
            return value.member or value.file
        case Goods():
            return f"第{value.nice}类 {value.text or '、'.join(value.items)}".strip()
        case tuple():
            return "：".join(shown(one) for one in value)
        case _:
            return str(value)


def _spaced(*parts: object) -> str:
    return " ".join(str(one) for one in parts if one)
