"""The English catalogue is complete: every sentence of templates and code is in it, and the compiled one is of today."""

import gettext
import importlib.util
import io
import re

import pytest

from tests.architecture.tree import ROOT, files, name

spec = importlib.util.spec_from_file_location("catalogue", ROOT / "docs/catalogue.py")
catalogue = importlib.util.module_from_spec(spec)
spec.loader.exec_module(catalogue)

HINT = "run `make messages`, then translate what is empty in zhiquan/locale/en/LC_MESSAGES/django.po and run it again"
TRANSLATED = re.compile(r"\{%\s*blocktranslate\b.*?endblocktranslate\s*%\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
QUERIES = re.compile(r"<code>.*?</code>", re.DOTALL)


@pytest.fixture(scope="module")
def translated():
    return catalogue.read(catalogue.PO.read_text(encoding="utf-8"))


def test_every_sentence_has_its_english(translated):
    assert catalogue.missing(catalogue.sentences(), translated) == [], HINT


def test_nothing_stands_in_it_that_nobody_says(translated):
    assert set(translated) - set(catalogue.sentences()) == set(), HINT


def test_the_compiled_catalogue_is_made_of_the_written_one(translated):
    assert catalogue.MO.read_bytes() == catalogue.compiled(translated), HINT
    with catalogue.MO.open("rb") as file:
        held = gettext.GNUTranslations(file)
    assert all(held.gettext(one) == other for one, other in translated.items())


def test_variables_are_the_same_in_both_languages(translated):
    variables = re.compile(r"%\(\w+\)s")
    for one, other in translated.items():
        assert sorted(variables.findall(one)) == sorted(variables.findall(other)), one


def test_english_holds_no_chinese_but_operators(translated):
    assert [one for one in translated.values() if re.search(r"[\u4e00-\u9fff]", one.replace("(与, 或, 非)", ""))] == []


def test_what_is_written_is_read_as_the_same():
    held = {'a "b" \\ c': "d\ne\\n", "百分 100%%": "x"}
    assert catalogue.read(catalogue.write(dict.fromkeys(held, "place"), held)) == held
    gettext.GNUTranslations(io.BytesIO(catalogue.compiled(held)))


@pytest.mark.parametrize("path", files("zhiquan", ending=".html"), ids=name)
def test_no_template_says_anything_past_the_catalogue(path):
    bare = QUERIES.sub("", TRANSLATED.sub("", path.read_text(encoding="utf-8")))
    assert not re.search(r"[\u4e00-\u9fff]", bare)
