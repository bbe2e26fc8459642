"""The English catalogue: collects every sentence of the product, keeps the translations, compiles them.

`python docs/catalogue.py` writes zhiquan/locale/en/LC_MESSAGES/django.po (sentences nobody translated yet stand there
with an empty msgstr) and django.mo from it; no tools of gettext are needed.
"""

from __future__ import annotations

import ast
import re
import struct
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from zhiquan.site.start import set_up

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "zhiquan/locale/en/LC_MESSAGES"
PO, MO = FOLDER / "django.po", FOLDER / "django.mo"
HEADER = "Language: en\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
CALLS = frozenset({"_", "gettext", "gettext_lazy"})
CHINESE = re.compile(r"[\u4e00-\u9fff]")
TRANSLATE = re.compile(r"""\{%\s*translate\s+(?:"([^"]*)"|'([^']*)')""")
BLOCK = re.compile(r"\{%\s*blocktranslate\b[^%]*%\}(.*?)\{%\s*endblocktranslate\s*%\}", re.DOTALL)
VARIABLE = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")


def sentences() -> dict[str, str]:
    """Every sentence of the product with the first place it stands in."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "zhiquan").rglob("*")):
        if path.suffix == ".html":
            several = in_template(path.read_text(encoding="utf-8"))
        elif path.suffix == ".py" and "migrations" not in path.parts:
            several = in_module(ast.parse(path.read_text(encoding="utf-8")))
        else:
            continue
        for one in several:
            found.setdefault(one, path.relative_to(ROOT).as_posix())
    for place, several in said_by_tables().items():
        for one in several:
            found.setdefault(one, place)
    return found


def in_template(text: str) -> Iterator[str]:
    for double, single in TRANSLATE.findall(text):
        yield double or single
    for inside in BLOCK.findall(text):
        yield VARIABLE.sub(r"%(\1)s", inside.replace("%", "%%"))


def in_module(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def said_by_tables() -> dict[str, list[str]]:
    """Words templates translate that stand in tables: the menu, states, fields that changed, the city."""
    from patmark.differences import LABELS  # noqa: PLC0415 (readable only once Django is set up)
    from patmark.sources.all import KINDS  # noqa: PLC0415
    from patmark.sources.mapping import fields_of, shipped_mappings  # noqa: PLC0415
    from zhiquan.common.page import pages  # noqa: PLC0415
    from zhiquan.records.models import Batch, BatchFile  # noqa: PLC0415

    return {
        "zhiquan/site/urls.py": [
            word for page in pages() if page.menu for word in (page.menu, page.shelf, page.says) if word
        ],
        "zhiquan/records/models.py": [*map(str, Batch.State.labels), *map(str, BatchFile.State.labels)],
        "patmark/differences.py": list(LABELS.values()),
        "patmark/sources/all.py": [kind.name for kind in KINDS],
        "patmark/sources/mapping.py": [
            *(label for record in ("patent", "trademark") for label in fields_of(record).values()),
            *(mapping.name for mapping in shipped_mappings()),
        ],
        "patmark/status.py": list(known()),
        "zhiquan/site/settings.py": ["安庆", *licence()],
    }


def licence() -> list[str]:
    """The licence unless an installation has its own."""
    from zhiquan.site.settings import env  # noqa: PLC0415

    return [one.default for one in env.known if one.name == "ZHIQUAN_LICENCE"]


def known() -> Mapping[str, str]:
    """Translations the library has itself: statuses, lives, kinds, stages, and what a status stands on."""
    from patmark import codes, status  # noqa: PLC0415

    rows = [*status.PATENT_STATUSES.values(), *status.MARK_STATUSES.values(), *status.LIVES.values()]
    rows += [row for table in codes.TABLES.values() for row in table]
    found = {row.zh: row.en for row in reversed(rows)}
    bases = ("official event", "worked out from dates", "wording of the source", "no basis")
    return found | dict(zip(status.BASIS_NAMES.values(), bases, strict=True))


def read(text: str) -> dict[str, str]:
    """The translations of a catalogue as `write` writes it."""
    pairs = re.findall(r'^msgid "((?:[^"\\]|\\.)*)"\nmsgstr "((?:[^"\\]|\\.)*)"$', text, re.MULTILINE)
    return {_plain(one): _plain(other) for one, other in pairs if one}


def write(found: Mapping[str, str], translated: Mapping[str, str]) -> str:
    entries = [f"# English catalogue of zhiquan; made by docs/catalogue.py, translated here.\n{_entry('', HEADER)}"]
    entries += [f"#: {place}\n{_entry(one, translated.get(one, ''))}" for one, place in _by_place(found)]
    return "\n".join(entries)


def _by_place(found: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(found.items(), key=lambda one: (one[1], one[0]))


def _entry(sentence: str, translation: str) -> str:
    return f'msgid "{_escaped(sentence)}"\nmsgstr "{_escaped(translation)}"\n'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: {"n": "\n"}.get(match[1], match[1]), text)


def compiled(translated: Mapping[str, str]) -> bytes:
    """The binary form gettext reads: a table of sorted sentences, a table of translations, the texts."""
    pairs = sorted((one.encode(), other.encode()) for one, other in {"": HEADER, **translated}.items() if other)
    start = 7 * 4
    texts_at = start + 16 * len(pairs)
    tables: list[list[int]] = [[], []]
    texts = b""
    for column in (0, 1):
        for pair in pairs:
            tables[column] += [len(pair[column]), texts_at + len(texts)]
            texts += pair[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), start, start + 8 * len(pairs), 0, 0)
    return head + struct.pack(f"<{4 * len(pairs)}I", *tables[0], *tables[1]) + texts


def missing(found: Iterable[str], translated: Mapping[str, str]) -> list[str]:
    return [one for one in found if not translated.get(one)]


def main() -> int:
    set_up()
    found = sentences()
    held = read(PO.read_text(encoding="utf-8")) if PO.exists() else {}
    translated = {one: held.get(one) or known().get(one, "") for one in found}
    FOLDER.mkdir(parents=True, exist_ok=True)
    PO.write_text(write(found, translated), encoding="utf-8")
    MO.write_bytes(compiled(translated))
    lacking = missing(found, translated)
    print(f"{len(found)} 句，{len(lacking)} 句还没有英文")
    for one in lacking:
        print(f"  {found[one]}：{one}")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
