"""What cannot be understood: where it is, what was expected, and a mended query that can be read."""

import pytest

from tests.patmark.query.asking import read, refused

WRONG = [
    # text, faulty span, part of the sentence, mended
    ("(甲 OR 乙", "(", "没有配对的右括号", "(甲 OR 乙)"),
    ("((甲) OR 乙", "(", "没有配对的右括号", "((甲) OR 乙)"),
    ("ti:(甲 AND (乙", "(", "没有配对的右括号", "ti:(甲 AND (乙))"),
    ("甲) OR 乙", ")", "没有配对的左括号", "甲 OR 乙"),
    ("“甲 乙", "“甲 乙", "引号 “ 没有配对", "“甲 乙”"),
    ('ti:"甲', '"甲', "没有配对", 'ti:"甲"'),
    ("甲 'a b", "'a b", "没有配对", "甲 'a b'"),
    ("甲」 乙", "」", "前面没有配对", "甲 乙"),
    ('甲"', '"', "没有配对", "甲"),
    ('""', '""', "引号里是空的", ""),
    ('甲 "" 乙', '""', "引号里是空的", "甲 乙"),
    ('"，"', '"，"', "没有可以检索的字", ""),
    ("甲 AND", "AND", "后面没有检索词", "甲"),
    ("AND 甲", "AND", "前面没有检索词", "甲"),
    ("甲 AND OR 乙", "AND", "后面直接跟着 OR", "甲 OR 乙"),
    ("甲 OR (AND 乙)", "AND", "前面没有检索词", "甲 OR (乙)"),
    ("甲 与", "与", "后面没有检索词", "甲"),
    ("NOT", "NOT", "后面没有检索词", '"NOT"'),
    ("甲 NOT", "NOT", "后面没有检索词", "甲"),
    ("()", "()", "括号里是空的", ""),
    ("甲 AND ()", "()", "括号里是空的", "甲"),
    ("ti:()", "ti:()", "括号里是空的", ""),
    ("ti:", "ti:", "后面没有值", ""),
    ("甲 ti: AND 乙", "ti:", "后面没有值", '甲 ti: "AND" 乙'),
    ("ti: ab:甲", "ti:", "后面没有值", "ab:甲"),
    ("甲 + 乙", "+", "意思不同", "甲 OR 乙"),
    ("甲 * 乙", "*", "意思不同", "甲 AND 乙"),
    ("甲 - 乙", "-", "意思不同", "甲 NOT 乙"),
    ("a* 甲", "a*", "写出来的太少", '"a" 甲'),
    ("comput$", "t$", "这里不用它截词", "comput*"),
    ("锂 $W5 电", "$W5", "别的检索系统", "锂 NEAR/5 电"),
    ("锂 $PRE5 电", "$PRE5", "别的检索系统", "锂 PRE/5 电"),
    ("锂 ADJ3 电", "ADJ3", "别的检索系统", "锂 PRE/2 电"),
    ("电 $FREQ3", "$FREQ3", "别的检索系统", "电 FREQ/3"),
    ("锂 NEAR/3", "NEAR/3", "后面没有检索词", "锂"),
    ("SEN 锂", "SEN", "前面没有检索词", "锂"),
    ("锂 NEAR/3 NOT 电", "NEAR/3", "不能是排除的条件", "锂 AND NOT 电"),
    ("ti:锂 NEAR/3 ab:电", "NEAR/3", "不在同一个字段里", "ti:锂 AND ab:电"),
    ("锂 SEN kind:发明", "SEN", "只能用在同一字段的词", "锂 AND kind:发明"),
    ("锂 FREQ/0", "FREQ/0", "次数至少是 1", "锂 FREQ/1"),
    ("#3 AND 甲", "#3", "引用", '"#3" AND 甲'),
    ("-甲 乙", "-甲", "不是这里的运算符", "NOT 甲 乙"),
    ("[電池/TX]", "[電池/TX]", "方括号只用来写范围", '"[電池/TX]"'),
    ("甲\x01乙", "\x01", "控制字符", "甲 乙"),
    ("甲\ud800", "\ud800", "控制字符", "甲"),
    ("，", "，", "没有可以检索的内容", "*"),
]


@pytest.mark.parametrize(
    ("text", "span", "part", "mended"), WRONG, ids=[row[0].encode("unicode_escape").decode() for row in WRONG]
)
def test_a_wrong_query_is_pointed_at_explained_and_mended(text, span, part, mended):
    error = refused(text)
    assert text[error.start : error.end] == span
    assert part in error.sentence
    assert error.suggestion == mended
    assert error.expected or error.suggestion
    if mended:
        read(mended)


def test_the_place_is_that_of_the_text_as_typed_also_with_invisible_characters():
    text = "甲\u200b\u200b AND \u200bOR 乙"
    error = refused(text)
    assert text[error.start : error.end] == "AND"


def test_several_faults_are_mended_together():
    assert read(refused("(甲 AND OR “乙 ad:2020-13").suggestion)
    error = refused("ti:((甲 AND ) OR 申请入:乙) AND ad:2022..2020")
    assert error.suggestion == "ti:((甲) OR 申请人:乙) AND ad:2020..2022"
