"""What we hold: files in batches, statements out of them, and the records that are the merge of their statements.

    Batch ─< BatchFile ─< Statement >─ Record ─ Patent | Trademark
                       └< Reject               ├< Number · Publication · Event · PartyLink >─ Party
                                               └< Change (history) · Merge (two became one) · Conflict (review queue)

A `Statement` keeps one incoming document whole. Everything hanging under a `Record` is derived from its statements and
written anew when they change; nothing there is ever the only copy of anything.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Subject(models.IntegerChoices):
    PATENT = 1, "专利"
    TRADEMARK = 2, "商标"


class Sequence(models.Model):
    """One row of counters. `change` numbers every change of a record; `record` gives out record ids.

    Both are taken inside the transaction that uses them, so what a reader sees up to number n is complete.
    """

    change = models.BigIntegerField(default=0)
    record = models.BigIntegerField(default=0)


class Batch(models.Model):
    """One import: the files somebody handed in together.

    Those with `background` are read by the worker (`zhiquan work`), for which these rows are the queue. `inbox` is what
    lay in the watched folder: name, size and time, so that the same thing is not taken twice. `halt` is the fault that
    stopped one; empty where a person did.
    """

    class State(models.IntegerChoices):
        RUNNING = 1, "进行中"
        DONE = 2, "已完成"
        UNDONE = 3, "已撤销"
        UNDOING = 4, "撤销中"
        STOPPED = 5, "已停止"
        HELD = 6, "待确认"

    name = models.CharField("名称", max_length=200)
    state = models.SmallIntegerField("状态", choices=State.choices, default=State.RUNNING)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name="经办人")
    sample = models.BooleanField("样例数据", default=False)
    background = models.BooleanField("后台读取", default=False)
    inbox = models.CharField("收件", max_length=700, blank=True, db_index=True)
    halt = models.CharField("停止的原因", max_length=300, blank=True)
    started = models.DateTimeField("开始", auto_now_add=True)
    finished = models.DateTimeField("结束", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "批次"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"批次 {self.pk}（{self.name}）"


class BatchFile(models.Model):
    """One file of a batch. `cursor` is the index up to which everything read is stored, in the same transaction.

    The raw bytes are kept once in the home by `sha256`. `twin` is the earlier file with the same bytes: then nothing
    was stored again, and the statements pass to this batch should the earlier one be undone.
    """

    class State(models.IntegerChoices):
        WAITING = 1, "等待"
        RUNNING = 2, "读取中"
        DONE = 3, "已完成"
        REFUSED = 4, "无法读取"

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="files", verbose_name="批次")
    name = models.CharField("文件", max_length=500)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField("字节")
    kind = models.CharField("文件种类", max_length=60, blank=True)
    mapping = models.CharField("表头对应", max_length=100, blank=True)
    data_date = models.DateField("数据日期", null=True)
    state = models.SmallIntegerField("状态", choices=State.choices, default=State.WAITING)
    refusal = models.TextField("无法读取的原因", blank=True)
    twin = models.ForeignKey("self", models.SET_NULL, null=True, verbose_name="内容相同的文件")
    cursor = models.BigIntegerField("已存到", default=0)
    new = models.BigIntegerField("新增", default=0)
    changed = models.BigIntegerField("更新", default=0)
    same = models.BigIntegerField("无变化", default=0)
    rejected = models.BigIntegerField("拒收", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "文件"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class Companion(models.Model):
    """A file that came beside the documents of a folder and is none itself: a drawing, a mark image, a schema, a PDF.

    Its bytes are kept in the home like any raw file; `name` is its path as that of the documents beside it.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="companions", verbose_name="批次")
    name = models.CharField("文件", max_length=500)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField("字节")
    media_type = models.CharField("种类", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "随附文件"
        indexes = [models.Index(fields=("batch", "name"), name="companion_beside")]

    def __str__(self) -> str:
        return self.name


class Reject(models.Model):
    """A row or document that could not become a record, kept to be mended and imported again.

    `mended` is the small file with which somebody mended it on the page; it counts as long as that file stands.
    """

    file = models.ForeignKey(BatchFile, models.CASCADE, related_name="rejects", verbose_name="文件")
    index = models.BigIntegerField()
    position = models.CharField("位置", max_length=300)
    reason = models.TextField("原因")
    mend = models.TextField("如何更正", blank=True)
    raw = models.TextField("原文", blank=True)
    mended = models.ForeignKey(BatchFile, models.SET_NULL, null=True, related_name="+", verbose_name="更正后的文件")

    class Meta:
        verbose_name = verbose_name_plural = "拒收"
        ordering = ("file_id", "index")
        constraints = [models.UniqueConstraint(fields=("file", "index"), name="one_reject_per_place")]


class Record(models.Model):
    """One application (or provisional one) of a subject. `change` is the number of its last change."""

    class State(models.IntegerChoices):
        LIVE = 1, "在库"
        ABSORBED = 2, "已并入"
        GONE = 3, "已撤出"

    id = models.BigIntegerField(primary_key=True)
    subject = models.SmallIntegerField(choices=Subject.choices)
    key = models.CharField("号码", max_length=80, db_index=True)
    title = models.TextField("名称", blank=True)
    state = models.SmallIntegerField(choices=State.choices, default=State.LIVE)
    provisional = models.BooleanField("暂存", default=False)
    change = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "记录"


class Statement(models.Model):
    """One incoming document, whole (`payload`: patmark/packing.py). Withdrawn ones stay, and count for nothing."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="statements")
    file = models.ForeignKey(BatchFile, models.CASCADE, related_name="statements", db_index=False)
    index = models.BigIntegerField()
    position = models.CharField(max_length=300)
    digest = models.BinaryField(max_length=16)
    payload = models.BinaryField()
    withdrawn = models.BooleanField(default=False)

    class Meta:
        # An undo asks again and again for the next records of a file of which something stands.
        indexes = [
            models.Index(fields=("file", "record"), condition=models.Q(withdrawn=False), name="standing_statements")
        ]


class Restatement(models.Model):
    """A later file said exactly what a statement says: should that one be withdrawn, this file keeps it standing."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="restatements")
    file = models.ForeignKey(BatchFile, models.CASCADE)


class Placed(models.Model):
    """Where the first applicant sits: GB/T 2260 codes, today's division and the one at filing (RULES §1.7)."""

    place = models.IntegerField("所在地", null=True)
    place_at_filing = models.IntegerField("申请时所在地", null=True)
    zone = models.IntegerField("开发区", null=True)
    place_doubtful = models.BooleanField("所在地存疑", default=False)
    #: Which address it is, where its place is in question or was settled by a person (`records/places.py`).
    address_key = models.BigIntegerField("地址", null=True)

    class Meta:
        abstract = True
        indexes = [
            models.Index(
                fields=("address_key",),
                condition=models.Q(address_key__isnull=False),
                name="%(class)s_address_in_question",
            )
        ]


class Patent(Placed):
    """The narrow row of a patent, for lists and counts; the whole is merged from the statements when asked for."""

    record = models.OneToOneField(Record, models.CASCADE, primary_key=True, related_name="patent")
    office = models.CharField("受理局", max_length=4)
    kind = models.SmallIntegerField("类型")
    filing_date = models.DateField("申请日", null=True)
    publication_date = models.DateField("最近公布日", null=True)
    grant_date = models.DateField("授权公告日", null=True)
    status = models.SmallIntegerField("法律状态（不计日历）")
    status_basis = models.CharField("状态依据", max_length=12)
    status_since = models.DateField("状态起算", null=True)
    expiry_date = models.DateField("届满日", null=True)
    has_claims = models.BooleanField(default=False)
    has_description = models.BooleanField(default=False)
    has_address = models.BooleanField(default=False)


class Trademark(Placed):
    """The narrow row of a trademark."""

    record = models.OneToOneField(Record, models.CASCADE, primary_key=True, related_name="trademark")
    office = models.CharField("受理局", max_length=4)
    kind = models.SmallIntegerField("类型")
    filing_date = models.DateField("申请日", null=True)
    preliminary_date = models.DateField("初步审定公告日", null=True)
    registration_date = models.DateField("注册日", null=True)
    valid_to = models.DateField("专用期止", null=True)
    status = models.SmallIntegerField("状态（不计日历）")
    status_basis = models.CharField("状态依据", max_length=12)
    status_since = models.DateField("状态起算", null=True)
    has_goods = models.BooleanField(default=False)
    has_image = models.BooleanField(default=False)
    has_address = models.BooleanField(default=False)


class Number(models.Model):
    """A number of a record: `key` is the form under which statements meet, `full` has the kind letter too."""

    class Kind(models.IntegerChoices):
        APPLICATION = 1, "申请号"
        PUBLICATION = 2, "公开（公告）号"
        INTERNATIONAL = 3, "国际申请号"
        TRADEMARK = 4, "商标申请号"
        REGISTRATION = 5, "商标注册号"
        CONTENT = 6, "无号码（以内容为准）"

    record = models.ForeignKey(Record, models.CASCADE, related_name="numbers")
    kind = models.SmallIntegerField(choices=Kind.choices)
    key = models.CharField(max_length=60, db_index=True)
    full = models.CharField(max_length=60)
    check_wrong = models.BooleanField("校验位不符", default=False)


class Publication(models.Model):
    record = models.ForeignKey(Record, models.CASCADE, related_name="publications")
    number = models.CharField("文献号", max_length=40)
    stage = models.SmallIntegerField("阶段")
    date = models.DateField("公布日", null=True)


class Event(models.Model):
    """A legal event an office announced. Computed statuses are never written here."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="events")
    code = models.CharField("代码", max_length=60)
    date = models.DateField("公告日", null=True)
    effective = models.DateField("生效日", null=True)
    title = models.CharField("事件", max_length=300)


class Party(models.Model):
    """A person or body as spelled in the sources. Facets count these ids; spellings of one body share a `cluster`."""

    name = models.CharField("名称", max_length=300, unique=True)
    key = models.CharField("归一名称", max_length=300, db_index=True)
    body = models.SmallIntegerField("主体类型")
    cluster = models.ForeignKey("self", models.SET_NULL, null=True, related_name="spellings")


class PartyLink(models.Model):
    class Role(models.IntegerChoices):
        APPLICANT = 1, "申请人"
        OWNER = 2, "当前权利人"
        AGENCY = 3, "代理机构"

    record = models.ForeignKey(Record, models.CASCADE, related_name="parties")
    party = models.ForeignKey(Party, models.PROTECT, related_name="links")
    role = models.SmallIntegerField(choices=Role.choices)
    rank = models.SmallIntegerField()


class Change(models.Model):
    """A value that became another: which field, by which batch, and under which change number."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="changes")
    change = models.BigIntegerField()
    batch = models.ForeignKey(Batch, models.CASCADE)
    undo = models.BooleanField(default=False)
    field = models.CharField(max_length=60)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    at = models.DateTimeField()


class Merge(models.Model):
    """Two records that proved to be one: the statements of `absorbed` now stand under `kept`. Can be taken back."""

    kept = models.ForeignKey(Record, models.CASCADE, related_name="absorbed")
    absorbed = models.ForeignKey(Record, models.CASCADE, related_name="+")
    batch = models.ForeignKey(Batch, models.CASCADE)
    reason = models.CharField(max_length=300)
    statements = models.JSONField(default=list)
    taken_back = models.DateTimeField("取消合并", null=True)


class PlaceDecision(models.Model):
    """Where an address lies, said by a person: it wins over the rule for every record with this address.

    `place` and `zone` are numbers of the table of divisions; both empty means in none of them. Records whose id is
    above `cursor` are still to be brought to it while `pending`; `active` False: taken back, the rule decides again.
    """

    key = models.BigIntegerField(unique=True)
    address = models.TextField("地址")
    postcode = models.CharField("邮编", max_length=20, blank=True)
    place = models.IntegerField("所在地", null=True)
    zone = models.IntegerField("开发区", null=True)
    note = models.CharField("说明", max_length=300, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name="认定人")
    at = models.DateTimeField("认定时间", auto_now=True)
    active = models.BooleanField("有效", default=True)
    pending = models.BooleanField("待套用", default=True)
    cursor = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "地区认定"
        ordering = ("-at",)

    def __str__(self) -> str:
        return self.address


class Conflict(models.Model):
    """A statement whose numbers name two different applications: it went to the first, a person decides.

    `number` is the one both bear; `owner` the record it belongs to, once a person has settled it.
    """

    record = models.ForeignKey(Record, models.CASCADE, related_name="conflicts")
    other = models.ForeignKey(Record, models.CASCADE, related_name="+")
    file = models.ForeignKey(BatchFile, models.CASCADE)
    position = models.CharField(max_length=300)
    number = models.CharField(max_length=60)
    settled = models.BooleanField(default=False)
    owner = models.ForeignKey(Record, models.SET_NULL, null=True, related_name="+")
    note = models.CharField("说明", max_length=300, blank=True, db_default="")


class SavedMapping(models.Model):
    """A header mapping a user saved: TOML as `patmark/sources/mapping.py` writes it."""

    name = models.CharField("名称", max_length=100, unique=True)
    toml = models.TextField()


class SchemeEntry(models.Model):
    """One entry of a loaded classification scheme or division table (`zhiquan load`)."""

    scheme = models.CharField(max_length=20)
    symbol = models.CharField(max_length=40)
    parent = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=20)
    dots = models.SmallIntegerField(null=True)
    title = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("scheme", "symbol"), name="one_scheme_entry")]
        indexes = [models.Index(fields=("scheme", "parent"), name="scheme_children")]


class LoadedScheme(models.Model):
    """Which table stands loaded for a scheme, from which file; `has_levels`: its subgroups say their own depth."""

    scheme = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.IntegerField()
    has_levels = models.BooleanField(default=False)
    loaded = models.DateTimeField(auto_now=True)
