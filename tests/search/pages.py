"""The site as a person uses it: asks, reads what stands on the page, follows its links."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpResponse
from django.test import Client
from lxml import html


@dataclass(frozen=True)
class FacetRow:
    facet: str
    label: str
    count: int
    address: str


class Page:
    """One answer of the site, read as HTML."""

    def __init__(self, response: HttpResponse) -> None:
        self.status = response.status_code
        self.response = response
        self.text = response.content.decode()
        self.tree = html.fromstring(self.text)

    def words(self, path: str) -> list[str]:
        return [" ".join(one.text_content().split()) for one in self.tree.xpath(path)]

    def links(self, path: str) -> dict[str, str]:
        return {" ".join(one.text_content().split()): one.get("href") for one in self.tree.xpath(path)}

    @cached_property
    def total(self) -> int:
        said = self.words("//h2[@id='found']")[0]
        return 0 if said.startswith("没有找到") else int(said.split("共")[1].split("条")[0].replace(",", ""))

    @cached_property
    def titles(self) -> list[str]:
        return self.words("//ol[@class='hits']/li/h3")

    @cached_property
    def facets(self) -> list[FacetRow]:
        found = []
        for section in self.tree.xpath("//aside//section"):
            name = section.xpath("string(h3/text())").strip()
            for row in section.xpath(".//ul/li"):
                link = row.xpath("a")
                label = row.xpath("string(*[1])").strip()
                count = int(row.xpath("string(span[@class='count'])").replace(",", ""))
                found.append(FacetRow(name, label, count, link[0].get("href") if link else ""))
        return found

    def facet(self, name: str) -> dict[str, int]:
        return {row.label: row.count for row in self.facets if row.facet == name}

    @property
    def reading(self) -> str:
        return " ".join(self.words("//div[@class='reading']"))

    @property
    def strip(self) -> str:
        return " ".join(self.words("//section[contains(@class,'honesty')]"))

    @property
    def problem(self) -> str:
        return " ".join(self.words("//*[contains(@class,'problem')]"))


class Site:
    """A stranger with a browser."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def ask(self, query: str = "", /, path: str = "/patents/", **more: object) -> Page:
        return Page(self.client.get(path, {"q": query, **more}))

    def ask_marks(self, query: str = "", /, **more: object) -> Page:
        return self.ask(query, path="/trademarks/", **more)

    def open(self, address: str, base: str = "/patents/") -> Page:
        return Page(self.client.get(address if address.startswith("/") else base + address))
