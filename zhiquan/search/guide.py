"""The help page's rules of the query language, each with examples that run."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from patmark.fields import Subject


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing to know, and queries that show it."""

    says: Promise
    examples: tuple[str, ...]


RULES: dict[Subject, tuple[Rule, ...]] = {
    Subject.PATENT: (
        Rule(_("连写的汉字是一个整体；空格隔开的词须同时出现。"), ("锂离子电池", "电池 正极材料")),
        Rule(
            _("与、或、非（AND、OR、NOT）单独站立才是运算符；括号改变先后。"),
            ("(电池 OR 薄膜) NOT 铅酸", "薄膜 与 (聚乙烯 或 聚乳酸)"),
        ),
        Rule(
            _("字段在前，值在后，中间是冒号或等号；字段名用下表的代码、中文或英文。"),
            ("ti:薄膜", "名称=薄膜", "申请（专利权）人=(示例 NOT 学院)", "ta:(电池 OR 薄膜)"),
        ),
        Rule(
            _("日期可写年、月、日或一段范围；数可以比较大小。"),
            ("ad:2020", "ad:2020-09", "ad:[2020-01-01 TO 2022-06-30]", "ad>=2023-05", "nclm>=2"),
        ),
        Rule(
            _("分类号连同它的下位一起检索；小组加 /low 才含下位。"),
            ("ipc:H01M", "ipc:H01M10", "ipc:H01M10/05/low", "loc:04-02"),
        ),
        Rule(
            _("号码的任何写法都可以，不必写字段；只知道开头时在后面写星号。"),
            ("ZL201710117081.7", "CN102541888A", "apno:2017101*"),
        ),
        Rule(
            _("所在地、法律状态、类型等直接写词；几个值用分号隔开。"),
            ("dist:桐城市", "st:授权", "life:有效", "kind:发明；实用新型"),
        ),
        Rule(_("引号里的一切按文字检索；引号本身写两遍。"), ('ti:"A AND B"', '"3:1"')),
    ),
    Subject.TRADEMARK: (
        Rule(_("商标名称、商品服务、申请人用词检索。"), ("示例", "mark:示例", "goods:牙刷", "hol:桐城")),
        Rule(_("国际分类写类号，类似群写四位群号或类号。"), ("nice:21", "nice:9；35", "sg:2106", "sg:30")),
        Rule(_("注册号或申请号直接输入。"), ("99000011", "rn:990000*")),
        Rule(_("日期、所在地、状态同专利。"), ("fd:2024", "rd:[2019 TO 2021]", "dist:望江县", "st:已注册")),
    ),
}
