"""What is in an Excel workbook besides its sheets: their list, the styles of cells, and what leads to what."""

from __future__ import annotations

from html import escape

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#: Styles of cells by their number in `_STYLES`: bold, and a day.
HEAD, DAY = 1, 2
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_LINKS = "application/vnd.openxmlformats-package.relationships+xml"
_STYLES = f"""{XML}<styleSheet xmlns="{MAIN}">
<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


def parts(names: list[str]) -> dict[str, str]:
    """The files of a workbook with sheets of these names, by their paths."""
    return {
        "[Content_Types].xml": _content_types(len(names)),
        "_rels/.rels": _relations(_link(1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": _book(names),
        "xl/_rels/workbook.xml.rels": _relations(
            *(_link(at, "worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(names) + 1)),
            _link(len(names) + 1, "styles", "styles.xml"),
        ),
        "xl/styles.xml": _STYLES,
    }


def _content_types(sheets: int) -> str:
    kinds = {"/xl/workbook.xml": f"{_SHEETS}.sheet.main+xml", "/xl/styles.xml": f"{_SHEETS}.styles+xml"}
    kinds |= {f"/xl/worksheets/sheet{at}.xml": f"{_SHEETS}.worksheet+xml" for at in range(1, sheets + 1)}
    told = "".join(f'<Override PartName="{path}" ContentType="{kind}"/>' for path, kind in kinds.items())
    usual = (
        f'<Default Extension="rels" ContentType="{_LINKS}"/><Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'{XML}<Types xmlns="{_PACKAGE}/content-types">{usual}{told}</Types>'


def _book(names: list[str]) -> str:
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{at}" r:id="rId{at}"/>' for at, name in enumerate(names, 1)
    )
    return f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'


def _relations(*links: str) -> str:
    return f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(links)}</Relationships>'


def _link(at: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
