"""The description taken apart: which part a heading opens, and paragraphs gathered under their headings."""

from __future__ import annotations

import re

from patmark.patent import Section

#: Element names that open a part, of all the vocabularies read here.
PARTS = {
    "technical-field": "field", "TechnicalField": "field",
    "background-art": "background", "BackgroundArt": "background", "background-of-invention": "background",
    "citation-list": "background", "RELAPP": "", "cross-reference-to-related-applications": "",
    "disclosure": "summary", "Disclosure": "summary", "summary-of-invention": "summary", "BRFSUM": "summary",
    "description-of-drawings": "drawings", "description-of-drawing": "drawings", "DrawingsDescription": "drawings",
    "DrawingDescription": "drawings", "brief-description-of-drawings": "drawings", "DRWDESC": "drawings",
    "reference-signs-list": "drawings",
    "detailed-description": "embodiment", "best-mode": "embodiment", "mode-for-invention": "embodiment",
    "description-of-embodiments": "embodiment", "InventionMode": "embodiment", "DETDESC": "embodiment",
    "BestMode": "embodiment", "EmbodimentsDescription": "embodiment",
}  # fmt: skip
#: The parts by the words of their headings. No words match where none of the words before them stands in the heading.
_HEADINGS = (
    ("drawings", ("附图", "附圖", "图面", "図面", "drawing", "figures"), re.compile(
        r"附图(?:的)?(?:简单|简要)?说明|附图简述|附圖說明|图面说明|drawings?\b|figures\b|"
        r"図面の簡単な説明", re.IGNORECASE)),
    ("embodiment", ("实施", "具體實施", "実施", "detailed", "mode", "embodiment"), re.compile(
        r"具体实施|实施方式|实施发明的|发明的实施|具體實施|detailed\s+(?:description|disclosure)|"
        r"best\s+mode|mode\(?s?\)?\s+for|preferred\s+embodiment|"
        r"(?:example|exemplary|illustrative)\s+embodiment|description\s+of\s+(?:the\s+)?(?:preferred\s+|various\s+|some\s+)?"
        r"embodiments?|^embodiments?$|発明を実施するための形態|実施の形態", re.IGNORECASE)),
    ("background", ("背景", "现有技术", "従来の技術", "先行技術", "background", "prior", "related"), re.compile(
        r"背景技术|背景技術|现有技术|发明背景|background|(?:prior|related)\s+art|従来の技術|"
        r"先行技術", re.IGNORECASE)),
    ("summary", ("发明", "实用新型", "發明內容", "発明の", "課題を", "summary", "invention", "disclosure"), re.compile(
        r"(?:发明|实用新型)(?:的)?(?:内容|揭示|公开|概述|概要)|發明內容|"
        r"summary|brief\s+description\s+of\s+the\s+invention|disclosure\s+of|"
        r"objects?\s+of\s+the\s+invention|発明の(?:概要|開示)|課題を解決", re.IGNORECASE)),
    ("field", ("领域", "領域", "技術分野", "field"), re.compile(
        r"技术领域|技術領域|技術分野|technical\s+field|field\s+of|^field$|发明领域", re.IGNORECASE)),
)  # fmt: skip
_LONGEST_HEADING = 160
#: In Chinese files a heading often is a paragraph like any other, told by its words alone.
_CHINESE_HEADING = re.compile(
    r"[(（【\[]?(?:所属|本发明的|本实用新型的)?"
    r"(?:技术领域|发明领域|背景技术|发明背景|现有技术|(?:本?发明|本?实用新型)(?:的)?(?:内容|揭示|公开|概述|概要)|"
    r"附图(?:的)?(?:简单|简要)?说明|附图简述|图面说明|具体实施(?:方式|方案|例)?|(?:发明的|实施发明的)?(?:最佳|较佳)?(?:实施)?(?:方式|形态|方案)|"
    r"相关申请的交叉引用|(?:外观设计)?简要说明)[)）】\]]?[:：]?"
)


def part_of(heading: str) -> str:
    """The part a heading opens: field, background, summary, drawings, embodiment; empty where its words do not say."""
    if len(heading) > _LONGEST_HEADING:
        return ""
    lower = heading.lower()
    if not lower.isascii():
        # What IGNORECASE takes for an i or an s.
        lower = lower.replace("i\u0307", "i").replace("ı", "i").replace("ſ", "s")
    for part, hints, words in _HEADINGS:
        for hint in hints:
            if hint in lower:
                if words.search(heading):
                    return part
                break
    return ""


class Sections:
    """Paragraphs in their order, gathered under the heading before them."""

    def __init__(self) -> None:
        self._done: list[Section] = []
        self._part = self._heading = ""
        self._texts: list[str] = []

    def open(self, part: str, heading: str = "") -> None:
        """Begins a part anew."""
        self._close()
        self._part, self._heading = part, heading

    def heading(self, text: str) -> None:
        """A heading: it opens the part its words name, or else goes on in the part it stands in."""
        if not text:
            return
        part = part_of(text) or self._part
        if self._heading and not self._texts and (not self._part or self._part == part):
            # Two headings in a row are one in two lines.
            self._heading = f"{self._heading}\n{text}"
            self._part = part
            return
        self._close()
        self._part, self._heading = part, text

    def paragraph(self, text: str) -> None:
        """A paragraph; one that is a heading by its words alone is taken as one."""
        if not text:
            return
        if len(text) < 14 and _CHINESE_HEADING.fullmatch(text):
            self.heading(text)
        else:
            self._texts.append(text)

    def done(self) -> tuple[Section, ...]:
        self._close()
        return tuple(self._done)

    def _close(self) -> None:
        if self._texts or self._heading:
            self._done.append(Section("\n".join(self._texts), self._part, self._heading))
        self._heading = ""
        self._texts = []
