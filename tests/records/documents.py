"""Small invented office documents for the tests of records."""

from __future__ import annotations

from pathlib import Path

from tests.records.tables import application

#: The smallest pictures there are: one pixel each.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
GIF = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
TIFF = b"II*\0\x08\0\0\0\0\0\0\0\0\0\0\0"


def publication(serial: int, kind: str = "A", **says: str) -> str:
    """One publication of an application as the office's XML: title, date, produced, drawing may be said."""
    date = says.get("date", "20191108" if kind == "A" else "20210806")
    produced = f' date-produced="{says["produced"]}"' if "produced" in says else ""
    named = f'<figure num="0001"><img file="{says["drawing"]}"/></figure>' if "drawing" in says else ""
    return f"""<cn-patent-document lang="ZH" country="CN"{produced}><cn-bibliographic-data>
<cn-publication-reference><document-id><country>CN</country><doc-number>1990{serial:05d}</doc-number>
<kind>{kind}</kind><date>{date}</date></document-id></cn-publication-reference>
<application-reference appl-type="发明"><document-id><country>CN</country>
<doc-number>{application(serial).removeprefix("CN")}</doc-number><date>20190305</date></document-id></application-reference>
<invention-title>{says.get("title", f"一种示例装置{serial}")}</invention-title>
<cn-parties><cn-applicants><cn-applicant sequence="1"><addressbook lang="ZH"><name>安庆示例机械有限公司</name>
<address><text>246001 安徽省安庆市迎江区示例路1号</text></address></addressbook></cn-applicant></cn-applicants></cn-parties>
</cn-bibliographic-data><application-body lang="CN" country="CN"><claims><claim num="0001">
<claim-text>1.一种示例装置{serial}（{kind}），其特征在于：设有底座。</claim-text></claim></claims>
<drawings>{named}</drawings></application-body></cn-patent-document>
"""


def write_xml(path: Path, *documents: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    path.write_text("".join(head + one for one in documents), encoding="utf-8")
    return path
