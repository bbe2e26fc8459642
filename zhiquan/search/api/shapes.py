"""What the API declares: the parameters of each operation, the one shape of success, the one shape of failure."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Generic, Literal, TypeVar

from django.utils.translation import gettext_noop as _
from ninja import Field, Schema

T = TypeVar("T")

#: The longest query an address holds; longer ones are for the command line.
LONGEST_QUERY = 7_000
MOST_RECORDS = 1_000
MOST_VALUES = 10_000
#: A value of a record: a text, a number, several texts, or nothing. Days are texts, YYYY-MM-DD.
Value = str | int | list[str] | None


class Kind(StrEnum):
    """What is asked about."""

    PATENTS = "patents"
    TRADEMARKS = "trademarks"


class Reason(Schema):
    """A failure for people and programs: `code` never changes, the sentences are in the language asked for."""

    code: str = Field(..., description=_("不变的代码，程序按它判断"), examples=["bad_query"])
    sentence: str = Field(..., description=_("哪里不对，一句话"))
    mend: str = Field(..., description=_("怎样改正"))
    where: str = Field(..., description=_("在哪里：参数的名字；检索式的错误还有一行标出位置"))


class Failure(Schema):
    """Every failure of the API."""

    error: Reason


class About(Schema):
    """The state of the data an answer was made from."""

    change: int = Field(..., description=_("数据变化的序号；同样的请求、同样的序号，得到同样的应答"))
    day: str = Field(..., description=_("法律状态按这一天推算"), examples=["2026-01-01"])
    sample: bool = Field(..., description=_("库中有演示数据（虚构）"))
    licence: str = Field(..., description=_("使用许可"))


class Success(Schema, Generic[T]):
    """Every success of the API but files."""

    data: T
    about: About


class Records(Schema):
    query: str = Field(..., description=_("读懂后的检索式，可以再用"))
    read_as: str = Field(..., description=_("检索式的意思"))
    notes: list[str] = Field(..., description=_("读检索式时要说明的事"))
    total: int = Field(..., description=_("一共多少条，精确"))
    records: list[dict[str, Value]] = Field(..., description=_("每条记录；键是列的字段名"))
    next: str | None = Field(..., description=_("下一页的 cursor；没有下一页时为空"))
    changed: bool = Field(..., description=_("翻页期间数据有没有变化"))


class Event(Schema):
    code: str
    title: str
    date: str | None
    effective: str | None


class PublicationShape(Schema):
    number: str
    stage: str
    date: str | None


class Origin(Schema):
    batch: int
    file: str
    position: str


class OneRecord(Schema):
    record: dict[str, Value] = Field(..., description=_("全部的列；键是字段名"))
    publications: list[PublicationShape]
    events: list[Event]
    sources: list[Origin] = Field(..., description=_("来自哪些文件"))
    address: str = Field(..., description=_("记录页的网址"))


class Row(Schema):
    values: list[str | None] = Field(..., description=_("各字段的值，与 by 的次序相同；null 是没有此项"))
    labels: list[str] = Field(..., description=_("值的名称"))
    count: int


class Counts(Schema):
    query: str
    read_as: str
    total: int = Field(..., description=_("检索结果一共多少条"))
    by: list[str]
    rows: list[Row] = Field(..., description=_("从多到少；一条记录可以有几个值"))
    distinct: int = Field(..., description=_("一共多少个值（或值的组合）"))
    missing: int = Field(..., description=_("没有此项的记录数"))
    whole: bool = Field(..., description=_("交叉时：每个字段的值都在内；否则只有各字段最多的 200 个值"))


class Suggested(Schema):
    text: str
    count: int


class Suggestions(Schema):
    field: str
    rows: list[Suggested]


class Held(Schema):
    records: int
    indexed: int = Field(..., description=_("检索得到的记录数"))
    change: int
    newest: dict[str, str | None] = Field(..., description=_("各类型最近的公布日"))
    shares: dict[str, int] = Field(..., description=_("有某项内容的记录占百分之几"))


class Allowance(Schema):
    limit: int = Field(..., description=_("每小时多少次"))
    left: int
    reset: int = Field(..., description=_("多少秒后重新计算"))
    counted: str = Field(..., description=_("按什么计算：令牌、账号、浏览器或网络地址"))


class State(Schema):
    version: str
    patents: Held
    trademarks: Held
    updating: bool = Field(..., description=_("有导入正在进行或中断"))
    allowance: Allowance


Language = Annotated[Literal["zh", "en"], Field(description=_("应答的语言"))]


class Spoken(Schema):
    lang: Language = "zh"


class Question(Spoken):
    q: str = Field("", max_length=LONGEST_QUERY, description=_("检索式，与检索框里的写法相同；不写就是全部"))
    within: list[str] = Field([], description=_("在结果中再检索，可以有几个"))
    marks: str = Field("", max_length=40, description=_("只要一份标记清单里的记录：清单的共享编号"))


class Ordered(Question):
    sort: str = Field("", max_length=20, description=_("按什么排序：relevance 或可排序的字段"), examples=["ad"])
    order: Literal["desc", "asc"] = Field("desc", description=_("从大到小，或从小到大"))
    columns: str = Field("", max_length=1_000, description=_("要哪些列：字段名，逗号分隔；all 为全部"))


class SearchWanted(Ordered):
    limit: int = Field(20, ge=0, le=MOST_RECORDS, description=_("一页多少条"))
    cursor: str = Field("", max_length=600, description=_("上一页应答里的 next"))


class RecordWanted(Spoken):
    number: str = Field(
        ..., min_length=1, max_length=80, description=_("任一号码，写法不限"), examples=["CN201619900176.9"]
    )


class CountWanted(Question):
    by: str = Field(..., max_length=40, description=_("按哪个字段统计；两个字段交叉用逗号分开"), examples=["dist,kind"])
    top: int = Field(100, ge=1, le=MOST_VALUES, description=_("最多的多少行"))


class ExportWanted(Ordered):
    format: Literal["jsonl", "csv", "xlsx", "zhiquan.jsonl"] = Field("jsonl", description=_("文件的格式"))
    bare: bool = Field(False, description=_("只要数据，不写出处说明"))
    after: str = Field("", max_length=80, description=_("接着导出：已得到的最后一条的号码（key）"))
    as_of: int | None = Field(None, ge=0, description=_("接着导出时：上次的变化序号，数据变了就拒绝"))


class SuggestWanted(Spoken):
    field: str = Field(..., max_length=20, description=_("文字或名称字段"), examples=["pa"])
    beginning: str = Field(..., min_length=1, max_length=60, description=_("开头的字"), examples=["安庆"])
    limit: int = Field(10, ge=1, le=50, description=_("最多多少个"))
