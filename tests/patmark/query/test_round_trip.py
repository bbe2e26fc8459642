"""What is written from a tree is read as that tree again, and what is typed stays what it was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patmark.errors import BadQuery
from patmark.fields import FIELDS, Subject
from patmark.query import explain, parse, write
from tests.patmark.query.trees import CONTEXT, trees

SIGNS = "锂电池 与或非和（）()[]:：=＝<>≥\"“”「」'‘’AND OR NOT to TO至..*?#$/-,;，、。ad ti ipc st pa num H01M 2020 12345678 安庆\t\n"
PIECES = st.lists(st.one_of(st.sampled_from(SIGNS), st.sampled_from(SIGNS.split())), max_size=25).map("".join)


@pytest.mark.parametrize("subject", Subject)
def test_a_written_tree_is_read_as_the_same_tree(subject):
    @given(trees(subject))
    @settings(max_examples=100, deadline=None)
    def check(tree):
        assert parse(write(tree), subject, CONTEXT).tree == tree

    check()


@given(st.one_of(PIECES, st.text(max_size=40)), st.sampled_from(list(Subject)))
@settings(max_examples=250, deadline=None)
def test_any_text_is_understood_or_refused_with_a_proposal_that_is_understood(text, subject):
    try:
        reading = parse(text, subject, CONTEXT)
    except BadQuery as error:
        assert 0 <= error.start <= error.end <= len(text)
        assert error.sentence.endswith("。")
        if error.suggestion:
            parse(error.suggestion, subject, CONTEXT)
        return
    assert parse(write(reading.tree), subject, CONTEXT).tree == reading.tree
    assert explain(reading.tree, subject) and explain(reading.tree, subject, "en")
    assert all(0 <= note.start <= note.end <= len(text) for note in reading.notes)


def test_a_field_of_both_subjects_is_compared_alike():
    kinds = {row.key: row.kind for row in FIELDS[Subject.PATENT]}
    assert all(kinds.get(row.key, row.kind) is row.kind for row in FIELDS[Subject.TRADEMARK])
