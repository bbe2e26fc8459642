"""Who may do what: one table, action × role → scope. Nothing else in the product decides this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

from zhiquan.common.action import Actor


class Role(StrEnum):
    """What a person is to the platform."""

    ANYONE = "任何人"
    PERSON = "有账号的人"
    OPERATOR = "操作员"
    ADMINISTRATOR = "管理员"


class Scope(Enum):
    """How far a permission reaches: one's own things, those of one's county, or those of the whole city."""

    OWN = "本人"
    COUNTY = "本县（市、区）"
    CITY = "全市"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: what the action does, in words, and how far each role may do it."""

    means: str
    scopes: Mapping[Role, Scope]


BOTH = {Role.OPERATOR: Scope.CITY, Role.ADMINISTRATOR: Scope.CITY}
ANYBODY = {Role.ANYONE: Scope.OWN}
#: One's own things; of others the administrator's to take away.
PERSONAL = {Role.PERSON: Scope.OWN, Role.ADMINISTRATOR: Scope.CITY}
ADMINISTRATOR = {Role.ADMINISTRATOR: Scope.CITY}

POLICY: Mapping[str, Rule] = {
    # ── files in: one batch, many chunks ──
    "batch.read": Rule("查看批次和被拒绝的记录", BOTH),
    "batch.open": Rule("开始一个导入批次", BOTH),
    "batch.start": Rule("开始读一个文件", BOTH),
    "batch.store": Rule("存入文件的一段", BOTH),
    "batch.finish": Rule("结束一个文件", BOTH),
    "batch.twin": Rule("记下与先前相同的文件", BOTH),
    "batch.close": Rule("结束一个导入批次", BOTH),
    "batch.queue": Rule("把批次交给后台读取，或继续读取", BOTH),
    "batch.stop": Rule("停止读取一个批次", BOTH),
    "batch.map": Rule("为待确认的文件选定表头对应", BOTH),
    "batch.undo": Rule("撤销一个批次", BOTH),
    "batch.undo.portion": Rule("撤销批次的一段", BOTH),
    "batch.purge": Rule("清除已撤销的批次留下的一切", ADMINISTRATOR),
    # ── what goes with them ──
    "reject.mend": Rule("更正一条拒收的记录", BOTH),
    "place.decide": Rule("认定一个地址的所在地", BOTH),
    "place.withdraw": Rule("取消对一个地址的认定", BOTH),
    "place.apply": Rule("按认定更新记录的所在地", BOTH),
    "conflict.settle": Rule("裁定一个号码归哪条记录", BOTH),
    "merge.undo": Rule("取消两条记录的合并", BOTH),
    "mapping.save": Rule("保存表头对照", BOTH),
    "reference.load": Rule("装入分类表、区划等参考数据", BOTH),
    "record.touch": Rule("让记录重新进入索引", BOTH),
    "index.rebuild": Rule("重建检索索引", ADMINISTRATOR),
    # ── the home as a whole ──
    "site.health": Rule("查看平台的运行状况", BOTH),
    "backup.make": Rule("备份平台的全部数据", ADMINISTRATOR),
    "backup.restore": Rule("从备份恢复平台的全部数据", ADMINISTRATOR),
    # ── marked lists: whoever holds a list's secret has it ──
    "mark.begin": Rule("开始一份标记清单", ANYBODY),
    "mark.add": Rule("把记录加入自己的标记", ANYBODY),
    "mark.remove": Rule("从自己的标记里移去", ANYBODY),
    "mark.clear": Rule("清空自己的标记", ANYBODY),
    # ── tokens of the API ──
    "token.read": Rule("查看自己的接口令牌", PERSONAL),
    "token.create": Rule("建立自己的接口令牌", PERSONAL),
    "token.revoke": Rule("作废自己的接口令牌；管理员可作废任何人的", PERSONAL),
    # ── accounts ──
    "account.password": Rule("给账号换密码", ADMINISTRATOR),
    "administrator.create": Rule("建立管理员账号", ADMINISTRATOR),
}


def roles(actor: Actor) -> frozenset[Role]:
    """The roles of whoever acts. The console and jobs act as administrator: who has them has the database anyway."""
    if actor.user is None or getattr(actor.user, "is_superuser", False):
        return frozenset(Role)
    if getattr(actor.user, "is_staff", False):
        return frozenset({Role.ANYONE, Role.PERSON, Role.OPERATOR})
    return frozenset({Role.ANYONE, Role.PERSON} if actor.user.is_authenticated else {Role.ANYONE})


def may(actor: Actor, action: str, target: object = None) -> bool:
    """Whether one of the actor's roles allows the action; an action that is not in the table is allowed to nobody.

    What a person may do to his own things only asks whose they are: `target.owner_id`.
    """
    rule = POLICY.get(action)
    if rule is None:
        return False
    scopes = [scope for role, scope in rule.scopes.items() if role in roles(actor)]
    return any(scope is not Scope.OWN or _owns(actor, target) for scope in scopes)


def _owns(actor: Actor, target: object) -> bool:
    """Whether a thing is the actor's own; what bears no owner (a marked list, a page) is his who holds it."""
    owner = getattr(target, "owner_id", None)
    return owner is None or (actor.user is not None and owner == actor.user.pk)
