"""What a number is once read: application, publication and trademark numbers with the keys records are found by."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ApplicationNo:
    """An application number; two are equal when office and digits are, however they were spelled.

    `bare` is the normalised number without the office: 9 or 13 characters with the check digit for CN, `YYYY` + six
    digits for JP, series + serial for US, `PCT` + country + year + serial for international applications (office WO).
    `type_digit` is the kind of right in a CN number (ZC 0006-2003). `check_ok` is None where the office has no check
    digit or it was not given and cannot be trusted; a missing CN check digit is computed, which makes it True.
    `kind_hint` is a kind letter that trailed the number. `warnings` are Chinese sentences about what is doubtful.
    """

    office: str
    bare: str
    type_digit: str = field(default="", compare=False)
    check_ok: bool | None = field(default=None, compare=False)
    kind_hint: str = field(default="", compare=False)
    warnings: tuple[str, ...] = field(default=(), compare=False)

    @property
    def key(self) -> str:
        """Unique across offices: `CN2011102977900`, `PCTCN2011000001`, `JP2020100059`."""
        return self.bare if self.bare.startswith("PCT") else self.office + self.bare


@dataclass(frozen=True, slots=True)
class PublicationNo:
    """The number of a published document: country, number as offices exchange it, kind code (empty when unknown)."""

    country: str
    number: str
    kind: str = ""
    warnings: tuple[str, ...] = field(default=(), compare=False)

    @property
    def key(self) -> str:
        """Unique across offices with its kind: `CN102541888A`. Before 2010 CN used one number for several documents."""
        return self.stem + self.kind

    @property
    def stem(self) -> str:
        """The key without the kind code: `CN102541888`."""
        return self.country + self.number


@dataclass(frozen=True, slots=True)
class TrademarkNo:
    """A trademark number of RULES §1.5; `bare` as on the certificate: `12345678`, `12345678A`, `G1234567H`.

    `international` marks a Madrid registration extended to China, `divided` the letter of a part split off after a
    partial refusal (商标法实施条例 第22条), `subsequent` the mark of a later designation of China.
    """

    office: str
    bare: str
    international: bool = field(default=False, compare=False)
    divided: str = field(default="", compare=False)
    subsequent: str = field(default="", compare=False)
    warnings: tuple[str, ...] = field(default=(), compare=False)

    @property
    def key(self) -> str:
        """Unique across offices: `CN12345678`."""
        return self.office + self.bare
