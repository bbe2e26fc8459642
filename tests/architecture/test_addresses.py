"""The product speaks to nobody outside: the addresses in it are names of XML vocabularies and documentation."""

import re

import pytest

from tests.architecture.tree import files, name

#: Hosts that may be named, and why. None of them is ever asked for anything.
NAMED = {
    "www.w3.org": "names of XML vocabularies",
    "www.wipo.int": "names of the ST.36, ST.66 and ST.96 vocabularies",
    "ops.epo.org": "name of the OPS vocabulary",
    "www.epo.org": "name of the EPO exchange vocabulary",
    "docs.oasis-open.org": "name of the CALS table vocabulary",
    "schemas.openxmlformats.org": "name of the workbook vocabulary",
    "beian.miit.gov.cn": "where the law wants the filing number in the foot to lead",
    "beian.mps.gov.cn": "where the police's filing number in the foot leads",
    "127.0.0.1": "the machine itself",
    "localhost": "the machine itself",
    "example.org": "example in a text",
}
ADDRESS = re.compile(r"(?:https?|ftp|wss?)://([A-Za-z0-9.\-]+)")
ENDINGS = (".py", ".html", ".css", ".js", ".svg", ".toml", ".csv")


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_outside_address_stands_in_the_product(ending):
    found = {
        (name(path), host)
        for path in files("patmark", "zhiquan", ending=ending)
        for host in ADDRESS.findall(path.read_text(encoding="utf-8"))
        if host not in NAMED
    }
    assert found == set()


@pytest.mark.parametrize("ending", [".html", ".svg"])
def test_no_template_holds_inline_code_or_style(ending):
    bad = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    assert [
        name(path) for path in files("zhiquan", ending=ending) if bad.search(path.read_text(encoding="utf-8"))
    ] == []
