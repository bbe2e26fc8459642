"""Places, kinds, statuses and offices by name, code and alias; each label leads back to its value."""

import pytest

from patmark.fields import FIELDS, FieldKind, Subject
from patmark.query import NoteKind, context_over, default_context
from patmark.query.tree import And, Code, Or
from patmark.regions import shipped_gazetteer
from tests.patmark.query.asking import TRADEMARK, notes, read, refused, tree

TONGCHENG = Code("dist", 340881, "桐城市")
ANHUI = Code("prov", 34, "安徽省")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dist:桐城", TONGCHENG),
        ("dist:桐城市", TONGCHENG),
        ("dist:340881", TONGCHENG),
        ("dist:桐城縣", TONGCHENG),
        ("县（市、区）:桐城", TONGCHENG),
        ("区县：桐城", TONGCHENG),
        ("prov:安徽", ANHUI),
        ("prov:皖", ANHUI),
        ("prov:34", ANHUI),
        ("国省代码:340000", ANHUI),
        ("city:安庆", Code("city", 3408, "安庆市")),
        ("zone:安庆高新区", Code("zone", 340803402, "安庆高新技术产业开发区")),
        ("kind:发明", Code("kind", 1, "发明")),
        ("专利类型=实用新型", Code("kind", 2, "实用新型")),
        ('发明类型=("I")', Code("kind", 1, "发明")),
        ("kind:design", Code("kind", 3, "外观设计")),
        ("cc:CN", Code("cc", 66, "中国")),
        ("cc:中国", Code("cc", 66, "中国")),
        ("pacc:usa", Code("pacc", 539, "美国")),
        ("公开国=(HK OR TW)", Or((Code("cc", 193, "中国香港"), Code("cc", 517, "中国台湾")))),
        ("stage:授权", Code("stage", 3, "授权公告")),
        ("ptype:高校", Code("ptype", 2, "高校")),
        ("st:授权", Code("st", 20, "授权")),
        ("st:未缴年费", Code("st", 34, "未缴年费终止")),
        ("法律状态：实审", Code("st", 12, "实质审查")),
        ("life:有效", Code("life", 1, "有效")),
        ("ev:转让", Code("ev", 1, "转移")),
        ("sub:h01m", Code("sub", 80113, "H01M")),
        ("sec:H", Code("sec", 8, "H")),
    ],
)
def test_a_value_is_named_in_many_ways(text, expected):
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kind:集体商标", Code("kind", 2, "集体商标")),
        ("st:已注册", Code("st", 20, "已注册")),
        ("st:宽展期", Code("st", 21, "宽展期")),
        ("dist:桐城", TONGCHENG),
    ],
)
def test_trademarks_have_lists_of_their_own(text, expected):
    assert tree(text, TRADEMARK) == expected


@pytest.mark.parametrize(
    ("text", "expected", "said"),
    [
        ("dist:安徽", ANHUI, "“安徽”不是县（市、区），按省“安徽省”检索"),
        ("dist:安庆", Code("city", 3408, "安庆市"), "按市“安庆市”检索"),
        ("prov:桐城", TONGCHENG, "按县（市、区）“桐城市”检索"),
        ("st:有效", Code("life", 1, "有效"), "“有效”不是法律状态，按有效性“有效”检索"),
    ],
)
def test_a_value_of_another_list_goes_to_its_field_and_is_told(text, expected, said):
    assert tree(text) == expected
    assert said in notes(text)
    assert read(text).notes[0].kind is NoteKind.CODE


def test_a_name_of_several_places_means_all_of_them():
    rows = [{"code": "320106", "name": "鼓楼区"}, {"code": "350102", "name": "鼓楼区"}]
    context = context_over(shipped_gazetteer().extended(rows), {})
    found = context.codes(Subject.PATENT, "dist", "鼓楼区")
    assert [one.label for one in found] == ["鼓楼区（320106）", "鼓楼区（350102）"]
    assert context.codes(Subject.PATENT, "dist", found[1].label) == found[1:]


@pytest.mark.parametrize("subject", Subject)
def test_every_value_offered_is_found_under_its_label(subject):
    context = default_context()
    for row in FIELDS[subject]:
        if row.kind is FieldKind.CODE:
            for word in context.words(subject, row.key):
                for value in context.codes(subject, row.key, word):
                    assert context.codes(subject, value.field, value.label) == (value,), (row.key, word)


@pytest.mark.parametrize(
    ("text", "span", "near", "suggestion"),
    [
        ("dist:同城", "同城", "桐城", "dist:桐城"),
        ("kind:实用新形", "实用新形", "实用新型", "kind:实用新型"),
        ("st:有郊 AND 甲", "有郊", "有效", "st:有效 AND 甲"),
        ("kind:商业方法", "商业方法", "例如：发明、实用新型", 'any:"商业方法"'),
        ("dist:桐城;怀柠", "怀柠", "怀宁", "dist:桐城;怀宁"),
        ("dist:桐城;火星上的县", "火星上的县", "例如", 'any:"火星上的县"'),
        ("cc:火星", "火星", "受理局的值", 'any:"火星"'),
    ],
)
def test_a_wrong_value_is_pointed_at_and_the_nearest_offered(text, span, near, suggestion):
    error = refused(text)
    assert text[error.start : error.end] == span
    assert near in error.expected
    assert error.suggestion == suggestion


def test_values_in_brackets_follow_their_field():
    assert tree("dist:(桐城 OR 怀宁) AND st:(授权)") == And(
        (Or((TONGCHENG, Code("dist", 340822, "怀宁县"))), Code("st", 20, "授权"))
    )
