"""The kind of body behind a name, and the word that tells it."""

from __future__ import annotations

import csv

import pytest

from patmark.bodies import body_of, strip_suffix
from patmark.codes import BodyKind
from tests.shared_data import shared


@pytest.mark.parametrize(
    ("name", "kind", "word"),
    [
        ("安庆云杉机械股份有限公司", BodyKind.COMPANY, "股份有限公司"),
        ("云杉石油股份有限公司勘探研究院", BodyKind.COMPANY, "股份有限公司"),
        ("云杉集团科技分公司", BodyKind.COMPANY, "分公司"),
        ("某县制丝厂", BodyKind.COMPANY, "厂"),
        ("三松電子株式會社", BodyKind.COMPANY, "株式会社"),
        ("云杉商业银行股份有限公司", BodyKind.COMPANY, "银行股份有限公司"),
        ("某某师范大学", BodyKind.UNIVERSITY, "大学"),
        ("某某石油大学(东校区)", BodyKind.UNIVERSITY, "大学"),
        ("某某大学第一附属医院(某某省红十字会医院)", BodyKind.HOSPITAL, "医院"),
        ("某某省农业科学院", BodyKind.INSTITUTE, "科学院"),
        ("国营第九研究所", BodyKind.INSTITUTE, "研究所"),
        ("某市市场监督管理局", BodyKind.GOVERNMENT, "局"),
        ("某市茶叶协会", BodyKind.ASSOCIATION, "协会"),
        ("岳西县云岭茶叶专业合作社", BodyKind.ASSOCIATION, "专业合作社"),
        ("某某镇塑料厂(个体工商户)", BodyKind.OTHER, "个体工商户"),
        ("望江县老王餐厅", BodyKind.OTHER, "餐厅"),
        ("某某村股份经济合作社", BodyKind.OTHER, "股份经济合作社"),
        ("王小明", BodyKind.PERSON, ""),
        ("欧阳小明", BodyKind.PERSON, ""),
        ("约翰·史密斯", BodyKind.PERSON, ""),
        ("SMITH, John A.", BodyKind.PERSON, ""),
        ("SPRUCE ELECTRONICS CO., LTD.", BodyKind.COMPANY, "CO"),
        ("Spruce N.V.", BodyKind.COMPANY, "NV"),
        ("Oak Hill University", BodyKind.UNIVERSITY, "UNIVERSITY"),
        ("蓝天白云甲乙", BodyKind.UNKNOWN, ""),
        ("", BodyKind.UNKNOWN, ""),
    ],
)
def test_the_words_of_a_name_tell_its_kind(name, kind, word):
    body = body_of(name)
    assert (body.kind, body.word) == (kind, word)


def test_the_narrower_form_is_told_too():
    assert body_of("云杉茶叶专业合作社").form == "农民专业合作社"
    assert body_of("老王商行").form == "个体工商户"


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("安庆云杉机械股份有限公司", "安庆云杉机械"),
        ("云杉（集团）有限责任公司", "云杉（集团）"),
        ("Spruce Hill Co., Ltd.", "Spruce Hill"),
        ("有限公司", "有限公司"),
        ("某某大学", "某某大学"),
    ],
)
def test_the_legal_form_can_be_taken_off(name, core):
    assert strip_suffix(name) == core


def test_nearly_every_real_applicant_is_told():
    with shared("data/cn_patents/cn_patents_7k.csv").open(encoding="utf-8-sig") as file:
        names = {row["申请人"] for row in csv.DictReader(file)}
    unknown = [name for name in names if body_of(name).kind is BodyKind.UNKNOWN]
    assert len(unknown) < len(names) / 100
