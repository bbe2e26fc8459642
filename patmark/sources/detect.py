"""What a file is by its content where no reader claims it: the sentence with which it is refused."""

from __future__ import annotations

import re
from enum import Enum, auto

from patmark.errors import BadFile
from patmark.sources.base import Source
from patmark.sources.encodings import open_text, tell_encoding

_TEXT = 65536


class Content(Enum):
    """The families of content a refusal speaks of. Companions stand beside records in an archive without being any."""

    EMPTY = auto()
    ZIP = auto()
    GZ = auto()
    ARCHIVE = auto()
    OLE = auto()
    PDF = auto()
    PICTURE = auto()
    BINARY = auto()
    SCHEMA = auto()
    WEB = auto()
    SHEET_XML = auto()
    XML = auto()
    GEO = auto()
    JSON = auto()
    API = auto()
    MARKDOWN = auto()
    STYLE = auto()
    TEXT = auto()


#: What is passed over in silence inside an archive: pictures, pages and schemas that accompany the records.
COMPANIONS = frozenset(
    {Content.EMPTY, Content.PDF, Content.PICTURE, Content.SCHEMA, Content.WEB, Content.STYLE, Content.MARKDOWN}
)

_SIGNATURES = (
    (b"PK\x03\x04", Content.ZIP),
    (b"PK\x05\x06", Content.ZIP),
    (b"\x1f\x8b", Content.GZ),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Content.OLE),
    (b"%PDF-", Content.PDF),
    (b"\x89PNG\r\n", Content.PICTURE),
    (b"\xff\xd8\xff", Content.PICTURE),
    (b"GIF8", Content.PICTURE),
    (b"II*\0", Content.PICTURE),
    (b"MM\0*", Content.PICTURE),
    (b"BM", Content.PICTURE),
    (b"RIFF", Content.PICTURE),
    (b"Rar!\x1a\x07", Content.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Content.ARCHIVE),
    (b"BZh", Content.ARCHIVE),
    (b"\xfd7zXZ\0", Content.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", Content.ARCHIVE),
    (b"SQLite format 3\0", Content.BINARY),
    (b"PAR1", Content.BINARY),
)
_SENTENCES = {
    Content.EMPTY: ("文件是空的。", "请核对是否导出完整。"),
    Content.GZ: ("gz 压缩包里没有可以读的内容。", ""),
    Content.ARCHIVE: ("这种压缩格式读不了（只读 zip 和 gz）。", "请解开后重新打成 zip，或直接导入里面的文件。"),
    Content.PDF: ("这是 PDF，里面没有可以逐条读取的著录项目。", "请改用数据库导出的 Excel、CSV 或 XML。"),
    Content.PICTURE: ("这是图片，不是专利或商标数据。", "附图请和 XML 放在同一个 zip 里导入。"),
    Content.BINARY: ("这是二进制文件，认不出里面的格式。", "请导出为 Excel、CSV、XML 或 SQL 后再导入。"),
    Content.SCHEMA: ("这是数据格式的定义（DTD、XSD 或实体表），里面没有记录。", "请导入按这个格式写成的数据文件。"),
    Content.WEB: ("这是网页（有的系统把网页存成 .xls）。", "请用 Excel 打开后另存为 xlsx 再导入。"),
    Content.SHEET_XML: ("这是 Excel 2003 的 XML 表格。", "请用 Excel 打开后另存为 xlsx 再导入。"),
    Content.GEO: ("这是地图数据（GeoJSON 或 TopoJSON），不是专利或商标数据。", ""),
    Content.JSON: (
        "这份 JSON 的结构认不出来，可能是别的软件的输出，不是机构的原始数据。",
        "请导入 EPO OPS 或 USPTO ODP 的原始回答。",
    ),
    Content.API: ("这是接口说明（OpenAPI），里面没有记录。", ""),
    Content.MARKDOWN: ("这是 Markdown 文章，不是专利或商标数据。", ""),
    Content.STYLE: ("这是样式表或程序，不是专利或商标数据。", ""),
    Content.TEXT: (
        "文本里认不出专利或商标数据：既不是认得的表格，也不是认得的文献格式。",
        "表格请保留表头（如 申请号、专利名称、申请人）。",
    ),
}
_MARKUP_FIRST = re.compile(r"(?:<\?xml.*?\?>|<\?.*?\?>|<!--.*?-->|\s)*", re.DOTALL)
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)")
_DOCTYPE = re.compile(r"<!DOCTYPE\s+([\w.:-]+)[^\[>]*(?:\[.*?\]\s*)?>\s*", re.DOTALL)
_STYLE = re.compile(
    r"\s*(?:/\*.*?\*/\s*|//[^\n]*\n\s*)*"
    r"(?:@(?:charset|import|media|font-face)\b|[.#*]?[\w\-.#:,\s*>]{1,200}\{|\(?function\b|var\s|[\"']use strict)",
    re.DOTALL,
)
_MAP = re.compile(r'"type"\s*:\s*"(?:FeatureCollection|Feature|Topology)"')
_DECLARATION = re.compile(r"<!(?:ELEMENT|ENTITY|ATTLIST|NOTATION)\s|<!\[")


def tell_content(source: Source) -> Content:
    """The family of a file's content by its first bytes, never by its name."""
    head = source.head
    if not head.strip(b" \t\r\n\0\xef\xbb\xbf"):
        return Content.EMPTY
    for signature, content in _SIGNATURES:
        if head.startswith(signature):
            return content
    if head[257:262] == b"ustar":
        return Content.ARCHIVE
    if tell_encoding(head) is None:
        return Content.BINARY
    return _tell_text(text_head(source))


def text_head(source: Source) -> str:
    """The first characters of a text file."""
    with open_text(source) as stream:
        return stream.read(_TEXT).lstrip("\ufeff")


def refusal(source: Source) -> BadFile:
    """The refusal of a file no reader claims: what it is, and what to do instead."""
    content = tell_content(source)
    if content is Content.ZIP:
        sentence, mend = _package(source.head)
    elif content is Content.OLE:
        sentence, mend = _compound(source)
    elif content is Content.XML:
        root = _root(text_head(source))
        sentence = f"这份 XML 的根元素是 <{root}>，不是认得的专利或商标文献格式。"
        sentence = sentence if root else "这份 XML 里找不到根元素。"
        mend = "能读的格式见《数据格式》一页。"
    else:
        sentence, mend = _SENTENCES[content]
    return BadFile(sentence, where=source.name, mend=mend)


def _tell_text(text: str) -> Content:
    start = text[_MARKUP_FIRST.match(text).end() :] if text.lstrip()[:1] == "<" else text.lstrip()  # type: ignore[union-attr]
    if start.startswith("<") or text.lstrip().startswith("<"):
        return _tell_markup(text, start)
    if start[:1] in "{[":
        return Content.GEO if _MAP.search(start, 0, 4096) else Content.JSON
    if re.match(r"(?:openapi|swagger)\s*:", start):
        return Content.API
    if re.match(r"#{1,6} [^\n]+\n\s*\n", start):
        return Content.MARKDOWN
    if _DECLARATION.match(start):
        return Content.SCHEMA
    return Content.STYLE if _STYLE.match(start) else Content.TEXT


def _tell_markup(text: str, start: str) -> Content:
    doctype = _DOCTYPE.match(start)
    if doctype and doctype[1].lower() == "html":
        return Content.WEB
    if _DECLARATION.match(start) or (not start and "<!--" in text):
        return Content.SCHEMA
    if not doctype and start.startswith("<!"):
        # A long comment or an unfinished declaration at the head: schemas begin so, data hardly ever.
        return Content.SCHEMA
    root = _root(text)
    local = root.rpartition(":")[2].lower()
    if local in {"html", "table", "head", "body", "div", "meta"}:
        return Content.WEB
    if local == "schema":
        return Content.SCHEMA
    return Content.SHEET_XML if "urn:schemas-microsoft-com:office:spreadsheet" in text[:4096] else Content.XML


def _root(text: str) -> str:
    start = text[_MARKUP_FIRST.match(text).end() :]  # type: ignore[union-attr]
    if doctype := _DOCTYPE.match(start):
        start = start[doctype.end() :]
    bare = start[_MARKUP_FIRST.match(start).end() :]  # type: ignore[union-attr]
    found = _ROOT.match(bare)
    return found[1] if found else ""


def _package(head: bytes) -> tuple[str, str]:
    if b"mimetypeapplication/vnd.oasis.opendocument" in head[:200]:
        return "这是 OpenDocument 文件（ods、odt）。", "请另存为 xlsx 或 CSV 后再导入。"
    if b"xl/workbook.bin" in head:
        return "这是二进制的 Excel 工作簿（xlsb）。", "请另存为 xlsx 后再导入。"
    if b"word/" in head or b"ppt/" in head:
        return "这是 Word 或 PowerPoint 文件，不是数据表。", "请把表格另存为 xlsx 或 CSV 后再导入。"
    return "这个 zip 压缩包打不开，可能不完整。", "请重新下载或重新打包。"


def _compound(source: Source) -> tuple[str, str]:
    """OLE containers hold old workbooks, and encrypted new ones: the names of their streams tell which."""
    with source.open() as stream:
        start = stream.read(16 * 1024 * 1024)
    if "EncryptedPackage".encode("utf-16-le") in start:
        return "这个工作簿加了打开密码，无法读取。", "请在 Excel 里取消密码，另存为 xlsx 后再导入。"
    if "Workbook".encode("utf-16-le") in start or "Book".encode("utf-16-le") in start:
        return "这是旧版 Excel 工作簿（xls）。", "请用 Excel 或 WPS 打开后另存为 xlsx 再导入。"
    return "这是旧版 Office 文件，不是数据表。", "请把表格另存为 xlsx 或 CSV 后再导入。"
