"""Index tokens say exactly what `contains` says: a phrase's tokens stand in a row where the phrase is in the text."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from patmark.text import BREAK, canonical, contains, fold, index_tokens, matches, phrase

#: Few of each, so that phrases meet: characters (also traditional, rare and Japanese), words, joiners, breaks.
UNITS = ("电", "池", "正", "極", "の", "𠮷", "a", "5g", "0.5", "LiFePO4", "É", "ﬁ", "Ⅳ", "１２", "³")
BETWEEN = (
    "",
    "",
    "",
    "",
    " ",
    "-",
    "/",
    "，",
    "。",
    ".",
    "·",
    "|",
    "␞",
    "\u3000",
    "_",
    "(",
    " - ",
    ". ",
    "'",
    "\u0301",
    "\n",
)

pieces = st.lists(st.tuples(st.sampled_from(UNITS), st.sampled_from(BETWEEN)), max_size=9)
mixed = st.builds(lambda first, rest: first + "".join(a + b for a, b in rest), st.sampled_from(BETWEEN), pieces)
texts = mixed | st.text(max_size=20)


def in_a_row(tokens: list[str], wanted: tuple[str, ...], open_end: bool) -> bool:
    """What an engine with positions does."""

    def fits(have: str, want: str, last: bool) -> bool:
        return have.startswith(want) if last and open_end else have == want

    return bool(wanted) and any(
        all(fits(tokens[at + i], want, i == len(wanted) - 1) for i, want in enumerate(wanted))
        for at in range(len(tokens) - len(wanted) + 1)
    )


def agree(text: str, wanted: str) -> None:
    asked = phrase(wanted)
    assert asked.canonical == canonical(wanted).strip(BREAK)
    assert in_a_row(index_tokens(text), asked.tokens, asked.open_end) == contains(text, wanted), (text, wanted)


@settings(max_examples=600)
@given(text=texts, wanted=texts)
@example(text="5G通信，LiFePO4/C", wanted="5G通")
@example(text="电池。正极", wanted="池正")
def test_tokens_and_contains_agree_on_any_two_texts(text: str, wanted: str) -> None:
    agree(text, wanted)


@settings(max_examples=400)
@given(text=mixed)
def test_tokens_and_contains_agree_on_every_span_of_a_text(text: str) -> None:
    for start in range(len(text)):
        for end in range(start + 1, min(len(text), start + 8) + 1):
            agree(text, text[start:end])


@given(text=mixed)
def test_what_is_contained_is_highlighted_where_it_stands(text: str) -> None:
    for start in range(0, len(text), 3):
        wanted = text[start : start + 4]
        spans = matches(text, wanted)
        assert bool(spans) == contains(text, wanted), (text, wanted)
        for first, end in spans:
            assert 0 <= first < end <= len(text)
            assert contains(text[first:end], wanted), (text, wanted, text[first:end])


@given(text=texts)
def test_folding_twice_changes_nothing_and_tokens_hold_no_white_space(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert all(token and not any(one.isspace() for one in token) for token in index_tokens(text))


@given(text=texts)
def test_a_text_contains_itself_unless_it_is_only_punctuation(text: str) -> None:
    assert contains(text, text) == bool(canonical(text).strip(BREAK))
