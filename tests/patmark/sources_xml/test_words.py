"""Claims, symbols and headings in the words and columns of the offices."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from patmark.sources.claim_refs import claim, references, unnumbered
from patmark.sources.markup import line, lines, mark
from patmark.sources.printed_symbols import ipc, locarno, packed_ipc, uspc
from patmark.sources.sections import part_of


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("根据权利要求1所述的方法", 2, (1,)),
        ("如权利要求1-3中任一项所述的装置", 5, (1, 2, 3)),
        ("如权利要求1至3或5所述的装置", 6, (1, 2, 3, 5)),
        ("根据权利要求１、２或４所述", 5, (1, 2, 4)),
        ("根据上述任一权利要求所述的装置", 4, (1, 2, 3)),
        ("根据前述权利要求任一项所述的装置", 3, (1, 2)),
        ("一种使用权利要求9所述方法的系统", 10, (9,)),
        ("根据权利要求3所述", 2, ()),
        ("The cup of claim 1, wherein", 2, (1,)),
        ("The cup of any of claims 1 to 3", 4, (1, 2, 3)),
        ("The cup of claim 1 or claim 2", 4, (1, 2)),
        ("A cup according to any one of the preceding claims", 3, (1, 2)),
        ("Becher nach einem der Ansprüche 1 bis 3", 5, (1, 2, 3)),
        ("Tasse selon la revendication 1 ou 2", 5, (1, 2)),
        ("請求項１〜３のいずれか１項に記載の湯呑み", 4, (1, 2, 3)),
        ("請求項１または２に記載の", 3, (1, 2)),
        ("一种茶杯，温度为2-5度", 6, ()),
        ("A claim to fame", 2, ()),
    ],
)
def test_a_claim_names_those_it_depends_on(text: str, number: int, expected: tuple[int, ...]) -> None:
    assert references(text, number) == expected


@given(st.text(alphabet="权利要求claim 请求項0123456789-至、或 and to所述", max_size=200), st.integers(1, 5000))
def test_no_claim_depends_on_itself_or_a_later_one(text: str, number: int) -> None:
    assert all(0 < one < number for one in references(text, number))


def test_a_printed_number_is_taken_off_and_a_quantity_is_not() -> None:
    assert unnumbered("2. The cup", 2) == "The cup"
    assert unnumbered("1.2,4-二氯苯", 1, printed=True) == "2,4-二氯苯"
    assert unnumbered("1.5 g of clay", 1) == "1.5 g of clay"
    assert unnumbered("3. The cup", 2) == "3. The cup"
    assert claim(2, "2. The cup of claim 1", (1, 2)).depends_on == (1,)


@pytest.mark.parametrize(
    ("text", "symbol", "version", "main"),
    [
        ("A61N    5/00    (2006.01)", "A61N 5/00", "2006.01", False),
        ("H04N   1/40        20060101AFI20051109BHEP        ", "H04N 1/40", "20060101", True),
        ("H04N   1/40        20060101ALI20051109BHEP        ", "H04N 1/40", "20060101", False),
        ("G06F015/00", "G06F 15/00", "", False),
        ("H01M 10/0525", "H01M 10/0525", "", False),
        ("A01B", "A01B", "", False),
    ],
)
def test_an_ipc_symbol_is_spelled_one_way(text: str, symbol: str, version: str, main: bool) -> None:
    found = ipc(text)
    assert found is not None
    assert (found.symbol, found.version, found.main) == (symbol, version, main)


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("G06F 1516", "G06F 15/16"),
        ("B60R  900", "B60R 9/00"),
        ("A61K 31135", "A61K 31/135"),
        ("B32B  302", "B32B 3/02"),
    ],
)
def test_an_ipc_symbol_in_columns_is_spelled_out(text: str, symbol: str) -> None:
    found = packed_ipc(text)
    assert found is not None
    assert found.symbol == symbol


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("709202", "709/202"),
        ("179 90K", "179/90K"),
        ("360 9701", "360/97.01"),
        ("340172.5", "340/172.5"),
        ("D14480", "D14/480"),
        ("705026000", "705/26"),
        ("705  1", "705/1"),
    ],
)
def test_a_us_class_is_parted_at_its_columns(text: str, symbol: str) -> None:
    found = uspc(text)
    assert found is not None
    assert found.symbol == symbol


def test_a_locarno_class_is_two_and_two_digits() -> None:
    assert [found.symbol for text in ("1402", "14-02", "07/01") if (found := locarno(text))] == [
        "14-02",
        "14-02",
        "07-01",
    ]
    assert locarno("none") is None


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("技术领域", "field"),
        ("BACKGROUND OF THE INVENTION", "background"),
        ("发明内容", "summary"),
        ("BRIEF DESCRIPTION OF THE DRAWINGS", "drawings"),
        ("Best Mode for Carrying Out the Invention", "embodiment"),
        ("DETAILED DESCRIPTION OF PREFERRED EMBODIMENTS", "embodiment"),
        ("Example 3", ""),
    ],
)
def test_a_heading_opens_the_part_its_words_name(heading: str, part: str) -> None:
    assert part_of(heading) == part


def test_markup_becomes_lines_and_cells() -> None:
    root = etree.fromstring(
        "<p>a <b>b</b><br/>c<sup>2</sup>H<sub>2</sub><ul><li>x</li><li>y</li></ul>z"
        "<table><row><entry>1</entry><entry>2</entry></row></table></p>"
    )
    mark(root)
    assert lines(root) == "a b\nc²H2\nx\ny\nz\n1\t2"
    assert line(root.find("b")) == "b"


def test_formulas_become_one_line() -> None:
    root = etree.fromstring(
        "<p><math><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow>"
        "<mi>c</mi></mfrac><msqrt><mi>d</mi></msqrt></math></p>"
    )
    mark(root)
    assert lines(root) == "x^2=(a+b)/c√(d)"


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("BEST MODE", "embodiment"),
        ("Related Art", "background"),
        ("ſUMMARY", "summary"),
        ("TECHNİCAL FİELD", "field"),
        ("図面の簡単な説明", "drawings"),
        ("Example 12", ""),
    ],
)
def test_a_heading_opens_the_part_its_words_name_in_whatever_letters(heading: str, part: str) -> None:
    assert part_of(heading) == part


def test_full_width_digits_name_claims_as_well() -> None:
    assert references("根据权利要求１至３任一项所述的装置", 9) == (1, 2, 3)
    assert references("根据前述任意１项权利要求所述的装置", 3) == (1, 2)
