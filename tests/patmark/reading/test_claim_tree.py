"""Claims as a tree: dependent under what they name, further names beside, independent ones that only refer apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from patmark.claims import ClaimKind, claim_tree
from patmark.patent import Claim
from patmark.sources.claim_refs import claim

I, R, D = ClaimKind.INDEPENDENT, ClaimKind.REFERRING, ClaimKind.DEPENDENT  # noqa: E741


def tree(*texts: str):
    return claim_tree([claim(number, text) for number, text in enumerate(texts, 1)])


def drawn(nodes) -> list[tuple[int, int]]:
    return [(one.claim.number, one.depth) for one in nodes]


def test_dependent_claims_hang_under_what_they_name():
    nodes = tree(
        "一种茶杯，其特征在于，包括杯体。",
        "根据权利要求1所述的茶杯，其特征在于，杯体为圆形。",
        "如权利要求2所述的茶杯，其特征在于，设有杯盖。",
        "一种杯盖，包括把手。",
        "根据权利要求1所述的茶杯，其特征在于，杯体为瓷。",
    )
    assert drawn(nodes) == [(1, 0), (2, 1), (3, 2), (5, 1), (4, 0)]
    assert [one.below for one in nodes] == [3, 1, 0, 0, 0]
    assert [one.kind for one in nodes] == [I, D, D, D, I]


def test_a_claim_of_several_hangs_under_the_first_and_names_the_others():
    nodes = tree(
        "一种茶杯。", "根据权利要求1所述的茶杯。", "根据权利要求1或2所述的茶杯。", "根据权利要求1至3任一项所述的茶杯。"
    )
    last = nodes[-1]
    assert (last.parent, last.others) == (1, (2, 3))
    assert (nodes[2].parent, nodes[2].others) == (1, (2,))


def test_a_claim_with_a_subject_of_its_own_stands_alone_though_it_names_another():
    nodes = tree(
        "一种茶杯，包括杯体。",
        "一种制造权利要求1所述茶杯的方法。",
        "根据权利要求2所述的方法，其特征在于，烧两次。",
        "如权利要求1所述的茶杯的用途。",
        "一种茶具，包括权利要求1所述的茶杯。",
    )
    assert [(one.claim.number, one.kind) for one in nodes] == [(1, I), (2, R), (3, D), (4, R), (5, R)]
    assert nodes[1].parent is None and nodes[1].others == (1,)
    assert drawn(nodes)[2] == (3, 1)


def test_methods_depend_on_methods():
    nodes = tree("一种茶的制备方法，包括杀青。", "根据权利要求1所述的制备方法，其特征在于，温度为80℃。")
    assert nodes[1].kind is D


def test_english_claims_hang_under_what_they_name():
    nodes = tree(
        "1. A cup.", "2. The cup of claim 1, wherein it is round.", "3. The cup according to any one of claims 1 to 2."
    )
    assert drawn(nodes) == [(1, 0), (2, 1), (3, 1)]
    assert nodes[2].others == (2,)


def test_a_number_that_is_missing_is_said_and_not_hung_upon():
    (node,) = claim_tree([Claim(2, "根据权利要求1所述的茶杯。", (1,))])
    assert (node.parent, node.missing, node.kind) == (None, (1,), D)


def test_numbers_that_stand_twice_and_circles_do_no_harm():
    nodes = claim_tree([Claim(1, "甲", (2,)), Claim(1, "乙"), Claim(2, "丙", (1, 2)), Claim(2, "丁", (2,))])
    assert sorted(one.place for one in nodes) == [0, 1, 2, 3]
    assert [one.parent for one in nodes if one.claim.text == "丁"] == [2]


def test_a_chain_as_long_as_a_document_is_no_recursion():
    nodes = claim_tree([Claim(number, "x", (number - 1,) if number > 1 else ()) for number in range(1, 3001)])
    assert nodes[-1].depth == 2999 and nodes[0].below == 2999


@given(st.lists(st.lists(st.integers(1, 12), max_size=4), max_size=12))
def test_every_claim_stands_once_and_under_an_earlier_one(depends):
    claims = [Claim(number, "x", tuple(sorted(set(on)))) for number, on in enumerate(depends, 1)]
    nodes = claim_tree(claims)
    assert sorted(one.claim.number for one in nodes) == [one.number for one in claims]
    assert all(one.parent is None or one.parent < one.claim.number for one in nodes)
    assert sum(one.depth == 0 for one in nodes) == sum(one.parent is None for one in nodes)
