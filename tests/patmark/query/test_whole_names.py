"""`pa==…` asks for a whole name: by the id of that one spelling, as facets count it."""

from dataclasses import replace

import pytest

from patmark.errors import BadQuery
from patmark.fields import Subject
from patmark.query import CodeValue, default_context, explain, parse, write
from patmark.query.tree import And, Code, Phrase

NAMES = {"安庆示例公司": 7, '示例（安庆）"新" OR 旧[厂]': 8, "Example Co., Ltd.": 9}


def codes(subject, field, text):
    if field == "pa":
        return (CodeValue(field, NAMES[text], text),) if text in NAMES else ()
    return default_context().codes(subject, field, text)


CONTEXT = replace(default_context(), codes=codes)


def tree(text):
    return parse(text, Subject.PATENT, CONTEXT).tree


@pytest.mark.parametrize("text", ["pa==安庆示例公司", '申请人 == "安庆示例公司"', "申请人＝＝安庆示例公司"])
def test_two_equals_signs_behind_a_field_of_names_mean_the_whole_name(text):
    assert tree(text) == Code("pa", 7, "安庆示例公司")


@pytest.mark.parametrize("name", NAMES)
def test_a_whole_name_is_written_so_that_it_is_read_again(name):
    whole = And((Phrase("ti", "薄膜"), Code("pa", NAMES[name], name)))
    assert tree(write(whole)) == whole


def test_it_is_said_as_the_name_itself():
    assert explain(Code("pa", 7, "安庆示例公司"), Subject.PATENT) == "申请人为“安庆示例公司”"


def test_a_name_nobody_has_is_refused_and_its_part_proposed():
    with pytest.raises(BadQuery) as refused:
        tree("ti:薄膜 pa==安庆示例")
    assert refused.value.sentence == "没有哪个申请人的完整名称是“安庆示例”。"
    assert refused.value.suggestion == 'ti:薄膜 pa:"安庆示例"'


def test_several_whole_names_in_brackets_are_refused():
    with pytest.raises(BadQuery, match="应直接写完整的名称"):
        tree("pa==(安庆示例公司 OR 甲)")


def test_elsewhere_two_equals_signs_say_no_more_than_a_colon():
    assert tree("ti==雷达") == tree("ti:雷达")
