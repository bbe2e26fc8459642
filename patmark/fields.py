"""THE table: every field of the product once. Query language, index, facets, forms, columns, API keys, help: all from here.

Adding a field is one row here, one line where its values come from (`patmark/engines/documents.py`), and a reindex.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache


class Subject(StrEnum):
    """What is searched: patents and trademarks are two indexes with fields of their own."""

    PATENT = "patent"
    TRADEMARK = "trademark"


class FieldKind(StrEnum):
    """How a field is compared."""

    TEXT = "text"  # phrases of characters and words, exactly (patmark/text.py)
    NAME = "name"  # the same, on names of people and bodies; brackets around a place are optional
    NUMBER = "number"  # a normalised number (patmark/numbers.py), exactly or by its beginning
    CLASS = "class"  # a classification symbol, exactly or with what stands below it
    DATE = "date"  # a day as the whole number YYYYMMDD
    COUNT = "count"  # a whole number
    CODE = "code"  # one of a closed list: kind, status, office, Nice class, place
    GROUP = "group"  # other fields together: a clause on it holds where it holds in any of `parts`


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `aliases` are further names the query box takes (any case); `parts` the members of a group.

    `facet` says that results can be counted by it, `sortable` that they can be ordered by it,
    `held` that this release fills it from the files it reads (others are listed in the help as not loaded).
    """

    key: str
    zh: str
    en: str
    kind: FieldKind
    aliases: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    facet: bool = False
    sortable: bool = False
    note: str = ""


_T, _N, _NO, _C, _D, _I, _K, _G = (
    FieldKind.TEXT,
    FieldKind.NAME,
    FieldKind.NUMBER,
    FieldKind.CLASS,
    FieldKind.DATE,
    FieldKind.COUNT,
    FieldKind.CODE,
    FieldKind.GROUP,
)

PATENT_FIELDS: tuple[Field, ...] = (
    Field(
        "any",
        "全部",
        "anything",
        _G,
        ("任意字段", "全部字段"),
        ("ti", "ab", "clm", "desc", "pa", "own", "in", "agc", "addr"),
    ),
    Field("ti", "名称", "title", _T, ("发明名称", "专利名称", "标题", "title"), sortable=False),
    Field("ab", "摘要", "abstract", _T, ("简要说明", "abstract")),
    Field("clm", "权利要求", "claims", _T, ("权利要求书", "claims")),
    Field("iclm", "独立权利要求", "independent claims", _T, ("独权",)),
    Field("desc", "说明书", "description", _T, ("description",)),
    Field("field", "技术领域", "technical field", _T),
    Field("bg", "背景技术", "background art", _T),
    Field("sum", "发明内容", "summary of invention", _T),
    Field("emb", "具体实施方式", "embodiments", _T, ("实施例",)),
    Field("ta", "名称+摘要", "title and abstract", _G, ("名称摘要", "名称或摘要"), ("ti", "ab")),
    Field(
        "tac",
        "名称+摘要+权利要求",
        "title, abstract and claims",
        _G,
        ("名称摘要权要", "名称+摘要+权要"),
        ("ti", "ab", "clm"),
    ),
    Field("tacd", "全文", "full text", _G, ("全文文本", "fulltext"), ("ti", "ab", "clm", "desc")),
    Field("num", "号码", "any number", _G, ("任意号码",), ("apno", "pn", "prno", "pct")),
    Field("apno", "申请号", "application number", _NO, ("专利号", "ZL"), sortable=False),
    Field(
        "pn", "公开（公告）号", "publication number", _NO, ("公开号", "公告号", "授权公告号", "公开公告号", "文献号")
    ),
    Field("prno", "优先权号", "priority number", _NO, ("优先权",)),
    Field("pct", "国际申请号", "international number", _NO, ("国际公布号",)),
    Field("div", "分案原申请号", "parent application number", _NO, ("原案申请号",)),
    Field("kind", "专利类型", "kind of patent", _K, ("类型", "专利种类", "发明类型"), facet=True),
    Field("stage", "文献阶段", "stage of publication", _K, ("公布阶段",), facet=True),
    Field("ad", "申请日", "filing date", _D, ("申请日期",), sortable=True),
    Field("ady", "申请年", "filing year", _I, ("申请年份",), facet=True, sortable=True),
    Field("pd", "公开（公告）日", "publication date", _D, ("公开日", "公告日", "公开公告日"), sortable=True),
    Field("pdy", "公开（公告）年", "publication year", _I, ("公开年", "公告年"), facet=True, sortable=True),
    Field("prd", "优先权日", "priority date", _D, ("最早优先权日",), sortable=True),
    Field("gd", "授权公告日", "grant date", _D, ("授权日",), sortable=True),
    Field("gdy", "授权公告年", "grant year", _I, ("授权年", "授权年份"), facet=True),
    Field(
        "exd",
        "届满日",
        "expiry date",
        _D,
        ("失效日", "期限届满日"),
        sortable=True,
        note="按专利法第四十二条由申请日推算",
    ),
    Field("pa", "申请人", "applicant", _N, ("申请（专利权）人", "申请专利权人", "专利权人", "权利人"), facet=True),
    Field("own", "当前权利人", "current owner", _N, ("现权利人",), facet=True),
    Field("ptype", "申请人类型", "kind of applicant", _K, ("申请人性质",), facet=True),
    Field("uscc", "统一社会信用代码", "unified social credit code", _NO, ("信用代码",)),
    Field("in", "发明人", "inventor", _N, ("发明（设计）人", "发明设计人", "设计人"), facet=True),
    Field("agc", "代理机构", "agency", _N, ("专利代理机构",), facet=True),
    Field("agt", "代理人", "agent", _N, ("专利代理师", "代理师")),
    Field("exr", "审查员", "examiner", _N),
    Field("addr", "地址", "address", _T, ("申请人地址",)),
    Field("prov", "省", "province", _K, ("省份", "国省代码", "省市"), facet=True),
    Field("city", "市", "city", _K, ("地市", "城市"), facet=True),
    Field("dist", "县（市、区）", "county", _K, ("县", "区县", "县区", "区"), facet=True),
    Field("zone", "开发区", "zone", _K, ("园区",), facet=True),
    Field("cc", "受理局", "office", _K, ("公开国", "国别", "公开国家/地区/组织", "国家/地区"), facet=True),
    Field("pacc", "申请人国家", "applicant country", _K, ("申请人国别",), facet=True),
    Field("ipc", "IPC", "IPC", _C, ("分类号", "国际专利分类号", "IPC分类号")),
    Field("mipc", "主分类号", "main IPC", _C, ("IPC主分类", "主IPC")),
    Field("cpc", "CPC", "CPC", _C, ("CPC分类号",)),
    Field("loc", "洛迦诺分类", "Locarno class", _C, ("外观分类号", "洛迦诺")),
    Field("sub", "IPC 小类", "IPC subclass", _I, ("小类",), facet=True),
    Field("sec", "IPC 部", "IPC section", _I, ("部",), facet=True),
    Field("st", "法律状态", "legal status", _K, ("最新法律状态", "状态", "当前状态"), facet=True),
    Field("life", "有效性", "life", _K, ("专利有效性",), facet=True),
    Field("ev", "法律事件", "legal event", _K, ("事件",)),
    Field("cite", "引证", "cited publication", _NO, ("引证文献",)),
    Field("fam", "同族", "family member", _NO, ("同族号",)),
    Field(
        "abr",
        "境外同族授权",
        "granted abroad",
        _K,
        ("境外授权", "海外同族授权"),
        facet=True,
        note="同族文献中已授权的国家、地区；授权与否按文献种类代码判断",
    ),
    Field("nclm", "权利要求数", "number of claims", _I, ("权项数",), sortable=True),
    Field("nin", "发明人数", "number of inventors", _I, (), sortable=True),
    Field("src", "来源", "source", _K, ("数据来源",), facet=True),
)

TRADEMARK_FIELDS: tuple[Field, ...] = (
    Field("any", "全部", "anything", _G, ("任意字段", "全部字段"), ("mark", "goods", "hol", "rep", "addr")),
    Field("mark", "商标名称", "mark", _T, ("商标", "名称", "商标文字", "ti")),
    Field("rn", "注册号", "registration number", _NO, ("申请号", "注册号/申请号", "申请/注册号", "num", "号码")),
    Field("nice", "国际分类", "Nice class", _I, ("类别", "商标分类", "尼斯分类"), facet=True),
    Field("sg", "类似群", "similar group", _C, ("类似群组", "群组")),
    Field("goods", "商品服务", "goods and services", _T, ("商品/服务", "商品", "服务")),
    Field("hol", "申请人", "holder", _N, ("注册人", "权利人", "商标注册人", "pa"), facet=True),
    Field("rep", "代理机构", "representative", _N, ("代理", "商标代理机构", "agc"), facet=True),
    Field("addr", "地址", "address", _T, ("申请人地址",)),
    Field("prov", "省", "province", _K, ("省份",), facet=True),
    Field("city", "市", "city", _K, ("地市", "城市"), facet=True),
    Field("dist", "县（市、区）", "county", _K, ("县", "区县", "县区", "区"), facet=True),
    Field("zone", "开发区", "zone", _K, ("园区",), facet=True),
    Field("cc", "受理局", "office", _K, ("国别",), facet=True),
    Field("ptype", "申请人类型", "kind of holder", _K, ("申请人性质",), facet=True),
    Field("uscc", "统一社会信用代码", "unified social credit code", _NO, ("信用代码",)),
    Field("kind", "商标类型", "kind of mark", _K, ("类型",), facet=True),
    Field("vc", "图形要素", "figurative element", _C, ("维也纳分类",)),
    Field("fd", "申请日", "filing date", _D, ("申请日期", "ad"), sortable=True),
    Field("fdy", "申请年", "filing year", _I, ("申请年份", "ady"), facet=True, sortable=True),
    Field("pub1", "初步审定公告日", "preliminary publication date", _D, ("初审公告日", "初审公告日期"), sortable=True),
    Field("rd", "注册日", "registration date", _D, ("注册公告日", "注册公告日期"), sortable=True),
    Field("rdy", "注册年", "registration year", _I, ("注册年份",), facet=True),
    Field("exp", "专用期止", "end of term", _D, ("专用权期限止", "有效期止"), sortable=True),
    Field("st", "状态", "status", _K, ("商标状态", "法律状态", "当前状态"), facet=True),
    Field("life", "有效性", "life", _K, (), facet=True),
    Field("src", "来源", "source", _K, ("数据来源",), facet=True),
)

FIELDS: dict[Subject, tuple[Field, ...]] = {Subject.PATENT: PATENT_FIELDS, Subject.TRADEMARK: TRADEMARK_FIELDS}


def spell(name: str) -> str:
    """The one spelling under which field names are looked up: half width, no spaces, no case."""
    table = str.maketrans("（）：／＋", "():/+")
    return "".join(name.translate(table).split()).casefold()


@cache
def by_name(subject: Subject) -> dict[str, Field]:
    """Every accepted name → its field; keys win over Chinese names, those over English ones and aliases."""
    names: dict[str, Field] = {}
    rows = FIELDS[subject]
    for row in rows:
        names.setdefault(spell(row.key), row)
    for row in rows:
        names.setdefault(spell(row.zh), row)
        for alias in row.aliases:
            names.setdefault(spell(alias), row)
    for row in rows:
        names.setdefault(spell(row.en), row)
    return names


def field(subject: Subject, key: str) -> Field:
    """The field of that key; KeyError when the subject has none."""
    return _by_key(subject)[key]


@cache
def _by_key(subject: Subject) -> dict[str, Field]:
    return {row.key: row for row in FIELDS[subject]}


@cache
def atoms(subject: Subject, key: str) -> tuple[str, ...]:
    """The fields a clause on `key` is looked up in: itself, or the members of a group."""
    row = field(subject, key)
    return row.parts if row.kind is FieldKind.GROUP else (key,)
