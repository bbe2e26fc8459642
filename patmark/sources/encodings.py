"""In which encoding a text file is written, told from its bytes, and the file opened as text."""

from __future__ import annotations

import codecs
import io
from functools import lru_cache
from typing import TextIO

from patmark.errors import BadFile
from patmark.sources.base import Source

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLOCK = 1 << 20
#: One broken byte among this many sound characters is damage; more than that means another encoding.
_SOUND_PER_BROKEN = 20
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\r\f\v\x1a\x1b")


@lru_cache(maxsize=4)
def tell_encoding(head: bytes) -> str | None:
    """The Python codec of a text by its first bytes: UTF-8 (marked or not), UTF-16, GB18030, `ascii` while undecided.

    None for what is no text. A few broken or NUL bytes do not change the answer.
    """
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    nuls = head.count(0)
    if nuls:
        if wide := _tell_wide(head, nuls):
            return wide
        if nuls * 100 > len(head):
            return None
        head = head.replace(b"\0", b"")
    if head.isascii():
        return "ascii" if _is_text(head.decode("ascii")) else None
    for name in ("utf-8", "gb18030"):
        if _is_text(text := head.decode(name, "replace")):
            broken = text.count("\ufffd")
            wide_characters = sum(not one.isascii() for one in text) - broken
            # The head may end inside a character, hence one broken byte is always allowed.
            if (broken - 1) * _SOUND_PER_BROKEN <= wide_characters:
                return name
    return None


def encoding_of(source: Source) -> str:
    """The encoding of a text file, reading on while it is plain ASCII; raises BadFile for what is no text."""
    name = tell_encoding(source.head)
    if name is None:
        sentence = "这不是文本文件，或者编码认不出来。"
        raise BadFile(sentence, where=source.name, mend="请另存为 UTF-8 或 GB18030 编码后再导入。")
    if name != "ascii":
        return name
    with source.open() as stream:
        while block := stream.read(_BLOCK):
            if not block.isascii():
                start = next(at for at in range(0, len(block), 4096) if not block[at : at + 4096].isascii())
                # From the first line with other letters on: no character is cut in two there.
                return tell_encoding(block[block.rfind(b"\n", 0, start) + 1 :][:65536]) or "utf-8"
    return "utf-8"


def open_text(source: Source) -> TextIO:
    """The file as text with its line ends as they are.

    Bytes that do not fit the encoding come out as lone surrogates (UTF-8, GB18030) or U+FFFD (UTF-16): see `is_broken`.
    """
    name = encoding_of(source)
    errors = "replace" if name.startswith("utf-16") else "surrogateescape"
    return io.TextIOWrapper(source.open(), encoding=name, errors=errors, newline="")


def is_broken(text: str) -> bool:
    """Whether a text from `open_text` holds bytes that could not be read."""
    if text.isascii():
        return False
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def legible(text: str) -> str:
    """The text with what could not be read as `�`, and halves of a character joined: fit for storing and showing."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if is_broken(text) else text


def _tell_wide(head: bytes, nuls: int) -> str | None:
    """UTF-16 without a mark: the NUL halves of ASCII letters all stand on one side."""
    for name, side in (("utf-16-le", 1), ("utf-16-be", 0)):
        # A stray NUL makes no UTF-16: tables have digits and commas all over.
        if nuls * 200 >= len(head) and head[side::2].count(0) * 10 >= nuls * 9:
            text = head[: len(head) // 2 * 2].decode(name, "replace")
            if "\0" not in text and _is_text(text) and text.count("\ufffd") * 100 <= len(text):
                return name
    return None


def _is_text(text: str) -> bool:
    return sum(map(text.count, _CONTROLS)) * 100 <= len(text)
