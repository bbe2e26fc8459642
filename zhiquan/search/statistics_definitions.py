"""What every number of the city page means: how it is counted, and the law, standard or statistic it follows."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Definition:
    """One number: `key` is its anchor, `source` where the definition stands, `verified` whether that was read there."""

    key: str
    term: Promise
    says: Promise
    source: str
    verified: bool = True


DEFINITIONS = (
    Definition(
        "filed",
        _("申请量"),
        _("申请日在这一年的件数，不论现在的状态。发明申请满十八个月才公布，没有公布的查不到，因此最近两年偏少。"),
        "《专利法》第二十八条、第三十四条",
    ),
    Definition(
        "granted",
        _("授权量"),
        _("授权公告日在这一年的件数；专利权自公告之日起生效。以后终止或者被宣告无效的也计入当年。"),
        "《专利法》第三十九条、第四十条",
    ),
    Definition(
        "alive",
        _("有效量"),
        _("到统计日仍然有效的件数，是存量，不是一年里的流量。按最后的法律事件判断，期限届满的当天自动转为失效。"),
        "国家知识产权局统计指标“有效专利数量”；《专利法》第四十二条、第四十四条、第四十七条",
    ),
    Definition(
        "kinds",
        _("发明、实用新型、外观设计"),
        _("三种专利分别计数，“合计”还包括类型不详的。"),
        "《专利法》第二条；ZC 0006—2003 专利申请号标准",
    ),
    Definition(
        "per-people",
        _("每万人口发明专利拥有量"),
        _(
            "有效发明专利件数 ÷ 常住人口 × 10000。官方按年末的有效量和年末的常住人口计算；"
            "本页用今天的有效量和最近一次已知的人口，人口的日期和来源写在数字旁边。"
        ),
        "国家知识产权局统计指标“每万人口发明专利拥有量”",
    ),
    Definition(
        "high-value",
        _("高价值发明专利"),
        _(
            "符合五项条件之一的有效发明专利，一件符合几项也只计一次：①战略性新兴产业；②在海外有同族专利权；"
            "③维持年限超过 10 年；④实现较高质押融资金额；⑤获得国家科学技术奖或中国专利奖。"
            "本页逐项说明数据能不能判断。"
        ),
        "“十四五”国家知识产权保护和运用规划（每万人口高价值发明专利拥有量指标的说明）",
    ),
    Definition(
        "kept",
        _("维持年限超过 10 年"),
        _("自申请日起到统计日超过 10 年，并且仍然有效。"),
        "国家知识产权局统计口径",
        verified=False,
    ),
    Definition(
        "county",
        _("县（市、区）"),
        _(
            "按第一申请人（权利人）地址归到今天的区划，撤并的县归到接续的县。开发区没有行政区划代码，"
            "它的件数也计入它所在的区，因此单列、不相加。地址没有写明县区的（只写市或开发区）计入“县区不详”。"
        ),
        "GB/T 2260；统计用区划代码 2023",
    ),
    Definition(
        "marks-filed",
        _("商标申请量"),
        _(
            "申请日在这一年的商标，一个申请号计一件。官方统计按类计件，一标多类的件数因此比本页多；"
            "按类的数见“国际分类”的统计。"
        ),
        "《商标法》第二十二条；官方按类计件的口径",
        verified=False,
    ),
    Definition(
        "marks-registered",
        _("商标注册量"),
        _("注册公告日（核准注册之日）在这一年的商标。"),
        "《商标法》第三十三条、第三十九条",
    ),
    Definition(
        "marks-alive",
        _("有效注册商标"),
        _("到统计日在专用权期限内、没有注销、撤销或者宣告无效的商标。有效期十年，可以续展；期满后有六个月宽展期。"),
        "《商标法》第三十九条、第四十条",
    ),
    Definition(
        "unit",
        _("计数单位"),
        _(
            "专利按件申请计，商标按注册号计。同一件申请的几次公布合并为一条记录，只计一次。几个申请人的专利，"
            "每个申请人都计一件，合计只计一件。"
        ),
        "本平台的合并规则",
    ),
    Definition(
        "change",
        _("变更号"),
        _(
            "数据库每变一次，号码加一。两张图的变更号相同，数据就相同；"
            "引用数字时请连同检索式、数据日期和变更号一起引用。"
        ),
        "本平台",
    ),
)
