"""Closed lists as whole numbers: the code an index holds, the value a record holds and the words people say, all ways.

    list        what                                   codes
    kind        kind of patent (`PatentKind`)          table below
    mark_kind   kind of mark (`MarkKind`)              table below
    stage       stage of a publication (`Stage`)       table below
    ptype       kind of applicant (`BodyKind`)         table below
    cc          office or country, WIPO ST.3           two letters counted in base 26 from AA = 1
    sec         IPC section                            place of the letter: A = 1 … H = 8
    sub         IPC subclass                           section, class and letter as decimal digits: H01M = 80113

Codes are stored in indexes: a row may be added, never renumbered. Statuses have their codes in `patmark/status.py`,
places in `patmark/regions.py`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from patmark.numbers.offices import offices
from patmark.patent import PatentKind, Stage
from patmark.trademark import MarkKind


class BodyKind(StrEnum):
    """What kind of person or body a name stands for."""

    COMPANY = "company"
    UNIVERSITY = "university"
    INSTITUTE = "institute"
    GOVERNMENT = "government"
    HOSPITAL = "hospital"
    ASSOCIATION = "association"
    PERSON = "person"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One row of a closed list; `aliases` are further words that mean it (any case and width)."""

    code: int
    value: str
    zh: str
    en: str
    aliases: tuple[str, ...] = ()


_UNKNOWN = ("不详", "未知")

#: The numbers of the kinds are the type digits of ZC 0006-2003; letters are those people type from kind codes and PSS.
KIND = (
    CodeRow(1, PatentKind.INVENTION, "发明", "invention", ("发明专利", "发明申请", "I", "P")),
    CodeRow(2, PatentKind.UTILITY_MODEL, "实用新型", "utility model", ("新型", "实用新型专利", "U", "UM")),
    CodeRow(3, PatentKind.DESIGN, "外观设计", "design", ("外观", "外观设计专利", "D", "S")),
    CodeRow(4, PatentKind.PLANT, "植物专利", "plant", ("植物",)),
    CodeRow(9, PatentKind.UNKNOWN, "类型不详", "unknown", _UNKNOWN),
)
MARK_KIND = (
    CodeRow(1, MarkKind.TRADEMARK, "一般商标", "trademark", ("商标", "普通商标", "一般")),
    CodeRow(2, MarkKind.COLLECTIVE, "集体商标", "collective mark", ("集体",)),
    CodeRow(3, MarkKind.CERTIFICATION, "证明商标", "certification mark", ("证明",)),
    CodeRow(4, MarkKind.GEOGRAPHICAL_INDICATION, "地理标志", "geographical indication", ("地标", "GI")),
    CodeRow(9, MarkKind.UNKNOWN, "类型不详", "unknown", _UNKNOWN),
)
STAGE = (
    CodeRow(1, Stage.APPLICATION, "申请公布", "application", ("公布", "公开", "申请公开")),
    CodeRow(2, Stage.EXAMINED, "审定公告", "examined", ("审定",)),
    CodeRow(3, Stage.GRANT, "授权公告", "grant", ("授权",)),
    CodeRow(4, Stage.CORRECTION, "更正", "correction", ("更正文献",)),
    CodeRow(5, Stage.PARTIAL_INVALIDATION, "部分无效", "partial invalidation", ("部分无效宣告",)),
    CodeRow(6, Stage.SEARCH_REPORT, "检索报告", "search report"),
    CodeRow(9, Stage.UNKNOWN, "阶段不详", "unknown", _UNKNOWN),
)
PTYPE = (
    CodeRow(1, BodyKind.COMPANY, "企业", "company", ("公司", "工矿企业")),
    CodeRow(2, BodyKind.UNIVERSITY, "高校", "university", ("大专院校", "院校", "大学", "学校")),
    CodeRow(3, BodyKind.INSTITUTE, "科研单位", "research institute", ("科研院所", "科研机构", "研究所", "ACADEMY")),
    CodeRow(4, BodyKind.GOVERNMENT, "机关事业单位", "government", ("机关团体", "政府", "机关", "事业单位")),
    CodeRow(5, BodyKind.HOSPITAL, "医院", "hospital", ("医疗机构",)),
    CodeRow(6, BodyKind.ASSOCIATION, "社会团体", "association", ("协会", "社团", "合作社")),
    CodeRow(7, BodyKind.PERSON, "个人", "person", ("自然人",)),
    CodeRow(8, BodyKind.OTHER, "其他", "other"),
    CodeRow(9, BodyKind.UNKNOWN, "类型不详", "unknown", _UNKNOWN),
)

TABLES: dict[str, tuple[CodeRow, ...]] = {"kind": KIND, "mark_kind": MARK_KIND, "stage": STAGE, "ptype": PTYPE}

#: What people type for an office besides its code and its name in `patmark/data/offices.csv`.
_OFFICE_WORDS = {
    "CN": ("中华人民共和国", "国家知识产权局", "China", "CNIPA"),
    "US": ("USA", "United States", "美国专利商标局"),
    "EP": ("EPO", "欧洲", "欧专局"),
    "WO": ("PCT", "WIPO", "国际"),
    "JP": ("Japan", "日本特许厅"),
    "KR": ("Korea", "大韩民国"),
    "TW": ("台湾", "Taiwan"),
    "HK": ("香港", "Hong Kong"),
    "MO": ("澳门", "Macao", "Macau"),
    "DE": ("Germany",),
    "GB": ("UK", "United Kingdom"),
    "FR": ("France",),
    "EM": ("欧盟", "EUIPO"),
    "EA": ("欧亚",),
    "RU": ("俄罗斯联邦", "Russia"),
    "AE": ("阿拉伯联合酋长国", "UAE"),
    "SA": ("沙特",),
    "ID": ("印尼",),
    "KY": ("开曼",),
}
_LETTERS = re.compile(r"[A-Z]{2}")
_SECTION = re.compile(r"[A-Z]")
_SUBCLASS = re.compile(r"([A-Z])([0-9]{2})([A-Z])")
_A = ord("A") - 1


def spell(text: str) -> str:
    """The one spelling under which words of a list are looked up: half width, no spaces, no case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def code_of(name: str, value: str) -> int:
    """The code of a record's value in a list: `code_of("kind", "invention") == 1`, `code_of("sub", "H01M") == 80113`.

    Raises KeyError where the list has no such value (an office that is not two letters, a subclass that is none).
    """
    if name in TABLES:
        return _by_value(name)[value].code
    computed = _COMPUTED[name](value.upper())
    if computed is None:
        raise KeyError(value)
    return computed


def value_of(name: str, code: int) -> str:
    """The record's value behind a code; KeyError where there is none."""
    if name in TABLES:
        return _by_code(name)[code].value
    value = _WRITTEN[name](code)
    if _COMPUTED[name](value) != code:
        raise KeyError(code)
    return value


def label(name: str, code: int) -> str:
    """What people read for a code, in Chinese: `label("kind", 1) == "发明"`; KeyError where there is none."""
    if name in TABLES:
        return _by_code(name)[code].zh
    value = value_of(name, code)
    return offices().get(value, value) if name == "cc" else value


def read(name: str, text: str) -> int | None:
    """The code of what a person typed: value, Chinese or English name or alias, in any case and width; None if none."""
    spelled = spell(text)
    found = words(name).get(spelled)
    if found is None and name not in TABLES:
        return _COMPUTED[name](spelled.upper())
    return found


@cache
def words(name: str) -> dict[str, int]:
    """Every spelled word that stands in a list → its code."""
    found: dict[str, int] = {}
    if name == "cc":
        for code, zh in offices().items():
            for word in (code, zh, *_OFFICE_WORDS.get(code, ())):
                found.setdefault(spell(word), code_of("cc", code))
    for row in TABLES.get(name, ()):
        for word in (row.value, row.zh, row.en, *row.aliases):
            found.setdefault(spell(word), row.code)
    return found


@cache
def _by_value(name: str) -> dict[str, CodeRow]:
    return {row.value: row for row in TABLES[name]}


@cache
def _by_code(name: str) -> dict[int, CodeRow]:
    return {row.code: row for row in TABLES[name]}


def _read_office(text: str) -> int | None:
    return (ord(text[0]) - _A - 1) * 26 + ord(text[1]) - _A if _LETTERS.fullmatch(text) else None


def _write_office(code: int) -> str:
    first, second = divmod(code - 1, 26)
    return chr(first + _A + 1) + chr(second + _A + 1) if 0 < code <= 26 * 26 else ""


def _read_section(text: str) -> int | None:
    return ord(text) - _A if _SECTION.fullmatch(text) else None


def _write_section(code: int) -> str:
    return chr(code + _A) if 0 < code <= 26 else ""


def _read_subclass(text: str) -> int | None:
    match = _SUBCLASS.fullmatch(text)
    return (ord(match[1]) - _A) * 10_000 + int(match[2]) * 100 + ord(match[3]) - _A if match else None


def _write_subclass(code: int) -> str:
    section, rest = divmod(code, 10_000)
    number, letter = divmod(rest, 100)
    return f"{_write_section(section)}{number:02}{_write_section(letter)}"


_COMPUTED = {"cc": _read_office, "sec": _read_section, "sub": _read_subclass}
_WRITTEN = {"cc": _write_office, "sec": _write_section, "sub": _write_subclass}
