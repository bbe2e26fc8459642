"""How good what we hold is: what is missing, by kind and source, and what looks wrong; each count opens its records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.cache import cache
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from patmark import codes
from zhiquan.records import queries
from zhiquan.records.models import BatchFile, Number, PartyLink, Patent, Statement, Subject, Trademark
from zhiquan.records.paper import code_name
from zhiquan.records.receiving import kind_name

#: Before the Patent Law came into force nothing could be filed (专利法, 1985-04-01).
FIRST_FILING = date(1985, 4, 1)
_KEPT = 600
_NO_APPLICANT = ~Exists(PartyLink.objects.filter(record=OuterRef("pk"), role=PartyLink.Role.APPLICANT))
_CHECK_WRONG = Exists(Number.objects.filter(record=OuterRef("pk"), check_wrong=True))


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look for in the records of a subject: something is missing, or (`wrong`) looks like an error."""

    code: str
    subject: Subject
    label: str
    wrong: bool = False
    note: str = ""


def checks() -> tuple[Check, ...]:
    """Every check, in the order of the page."""
    patent, mark = Subject.PATENT, Subject.TRADEMARK
    return (
        Check("patent-number", patent, _("没有申请号（暂存）"), note=_("遇到载有申请号的文献后自动并入")),
        Check("patent-title", patent, _("没有名称")),
        Check("patent-filing", patent, _("没有申请日")),
        Check("patent-publication", patent, _("没有公布日")),
        Check("patent-applicant", patent, _("没有申请人")),
        Check("patent-address", patent, _("没有地址"), note=_("不能计入县（市、区）")),
        Check("patent-claims", patent, _("没有权利要求")),
        Check("patent-description", patent, _("没有说明书")),
        Check("patent-check", patent, _("申请号校验位不符"), wrong=True),
        Check("patent-future", patent, _("日期在今天以后"), wrong=True),
        Check("patent-early", patent, _("中国申请日早于 1985-04-01"), wrong=True, note=_("专利法施行之前")),
        Check("patent-order", patent, _("公布或授权早于申请"), wrong=True),
        Check("mark-number", mark, _("没有申请号（暂存）")),
        Check("mark-name", mark, _("没有商标名称"), note=_("纯图形商标没有名称，属正常")),
        Check("mark-filing", mark, _("没有申请日")),
        Check("mark-applicant", mark, _("没有申请人")),
        Check("mark-address", mark, _("没有地址"), note=_("不能计入县（市、区）")),
        Check("mark-goods", mark, _("没有商品或服务")),
        Check("mark-image", mark, _("没有图样")),
        Check("mark-future", mark, _("日期在今天以后"), wrong=True),
        Check("mark-order", mark, _("注册早于申请，或专用期倒置"), wrong=True),
    )


def check_of(code: str) -> Check | None:
    return next((one for one in checks() if one.code == code), None)


def _conditions(today: date) -> Mapping[str, Q | Exists]:
    """What each check looks for in the narrow rows."""
    return {
        "patent-number": Q(record__provisional=True),
        "patent-title": Q(record__title=""),
        "patent-filing": Q(filing_date=None),
        "patent-publication": Q(publication_date=None),
        "patent-applicant": Q(_NO_APPLICANT),
        "patent-address": Q(has_address=False),
        "patent-claims": Q(has_claims=False) & ~Q(kind=codes.code_of("kind", "design")),
        "patent-description": Q(has_description=False) & ~Q(kind=codes.code_of("kind", "design")),
        "patent-check": Q(_CHECK_WRONG),
        "patent-future": Q(filing_date__gt=today) | Q(publication_date__gt=today) | Q(grant_date__gt=today),
        "patent-early": Q(office="CN", filing_date__lt=FIRST_FILING),
        "patent-order": Q(publication_date__lt=F("filing_date")) | Q(grant_date__lt=F("filing_date")),
        "mark-number": Q(record__provisional=True),
        "mark-name": Q(record__title=""),
        "mark-filing": Q(filing_date=None),
        "mark-applicant": Q(_NO_APPLICANT),
        "mark-address": Q(has_address=False),
        "mark-goods": Q(has_goods=False),
        "mark-image": Q(has_image=False),
        "mark-future": Q(filing_date__gt=today) | Q(registration_date__gt=today),
        "mark-order": Q(registration_date__lt=F("filing_date")) | Q(valid_to__lt=F("registration_date")),
    }


def narrowed(check: Check, *, kind: int | None = None, source: str = "") -> QuerySet[Patent] | QuerySet[Trademark]:
    """The narrow rows a check finds, of one kind and one kind of source file where given, oldest first."""
    rows = _rows(check.subject, source).filter(_conditions(timezone.localdate())[check.code])
    return (rows if kind is None else rows.filter(kind=kind)).select_related("record").order_by("record_id")


def _rows(subject: Subject, source: str) -> QuerySet[Patent] | QuerySet[Trademark]:
    rows: QuerySet[Patent] | QuerySet[Trademark]
    rows = Patent.objects.all() if subject is Subject.PATENT else Trademark.objects.all()
    if not source:
        return rows
    said = Statement.objects.filter(record=OuterRef("pk"), file__kind=source, withdrawn=False)
    return rows.filter(Exists(said))


@dataclass(frozen=True, slots=True)
class Cell:
    """How many records of one kind a check finds, and their share of that kind in per cent."""

    kind: int | None
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Line:
    check: Check
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The counts of one subject: its kinds with how many records each has (all of them first), and a line per check."""

    subject: Subject
    kinds: tuple[tuple[int | None, str, int], ...]
    lines: tuple[Line, ...] = field(default_factory=tuple)


def sheet(subject: Subject, source: str = "") -> Sheet:
    """The counts of a subject, made anew when a record has changed (kept up to ten minutes while an import runs)."""
    key = f"quality-{subject.name}-{source}-{timezone.localdate()}-{queries.last_change()}"
    rows = cache.get(key)
    if rows is None:
        wanted = _conditions(timezone.localdate())
        counted = {_name(one.code): Count("pk", filter=wanted[one.code]) for one in checks() if one.subject is subject}
        rows = list(_rows(subject, source).order_by().values("kind").annotate(many=Count("pk"), **counted))
        cache.set(key, rows, _KEPT)
    return _sheet(subject, rows)


def _name(code: str) -> str:
    return code.replace("-", "_") + "_found"


def _sheet(subject: Subject, rows: Sequence[Mapping[str, int]]) -> Sheet:
    scheme = "kind" if subject is Subject.PATENT else "mark_kind"
    total = sum(row["many"] for row in rows)
    ordered = sorted(rows, key=lambda row: -row["many"])
    kinds = [(row["kind"], code_name(scheme, row["kind"]), row["many"]) for row in ordered]
    lines = []
    for one in (check for check in checks() if check.subject is subject):
        found = [row[_name(one.code)] for row in ordered]
        cells = [Cell(None, sum(found), _share(sum(found), total))]
        cells += [Cell(row["kind"], many, _share(many, row["many"])) for row, many in zip(ordered, found, strict=True)]
        lines.append(Line(one, tuple(cells)))
    return Sheet(subject, ((None, _("全部"), total), *kinds), tuple(lines))


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def sources() -> list[tuple[str, str]]:
    """The kinds of files that what stands came from: code and name."""
    used = queries.standing_files().order_by().values_list("kind", flat=True).distinct()
    return [(code, kind_name(code)) for code in sorted(filter(None, used))]


def origins(records: Sequence[int]) -> Mapping[int, BatchFile]:
    """The file each record first came from, of those that stand."""
    said = Statement.objects.filter(record__in=records, withdrawn=False).select_related("file").order_by("-pk")
    return {one.record_id: one.file for one in said.defer("payload")}
