"""Whether this machine has a font with Chinese characters, which a PNG is drawn with (an SVG takes the reader's)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

#: Where Linux keeps fonts, for everybody and for one person.
FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("~/.local/share/fonts").expanduser(),
    Path("~/.fonts").expanduser(),
)
#: How files of Chinese fonts begin (lower case): Noto, Source Han, WenQuanYi, and the common system ones.
_CHINESE = ("notosanscjk", "notosanssc", "notoserifcjk", "sourcehan", "wqy", "simhei", "simsun", "msyh", "pingfang")
_ENDINGS = (".ttf", ".ttc", ".otf", ".otc")


@cache
def chinese_font(folders: Iterable[Path] = FOLDERS) -> str:
    """The file name of the first Chinese font found, empty where there is none. Looked for once in a process."""
    for folder in folders:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            name = path.name.lower()
            if name.endswith(_ENDINGS) and name.startswith(_CHINESE):
                return path.name
    return ""
