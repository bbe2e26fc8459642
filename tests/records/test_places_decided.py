"""What people say about an address wins over the rule, for every record with it, now and later, until it is taken back."""

import pytest
from django.urls import reverse

from patmark.regions import shipped_gazetteer
from tests import people
from tests.records.tables import imported, key, patent, write_csv
from tests.search.pages import Page
from zhiquan.common.action import CONSOLE
from zhiquan.common.models import AuditEntry
from zhiquan.records import actions, importing, queries, review, working
from zhiquan.records.actions import Answer
from zhiquan.records.models import Patent, PlaceDecision, Record
from zhiquan.records.places import DecidedPlaces, Settled, address_key, question
from zhiquan.records.review import Why

pytestmark = pytest.mark.django_db

CONTRADICTORY = "230000 安徽省安庆市桐城市示例路5号"
VAGUE = "安徽省安庆市人民路9号"
CLEAR = "246001 安徽省安庆市迎江区示例路1号"
TONGCHENG, YINGJIANG = 340881, 340802
QUEUE = "/quality/places/"


def held(tmp_path, *addresses, name="a.csv", first=1):
    return imported(write_csv(tmp_path / name, [patent(at, 地址=one) for at, one in enumerate(addresses, first)]))


def place_of(serial):
    return Patent.objects.get(record__key=key(serial))


def page_of(address_in_question):
    return reverse("quality.place", args=[address_in_question.key])


def decide(client, waiting, **answer):
    return client.post(page_of(waiting), answer)


def test_what_is_in_question_waits_and_what_is_clear_does_not(tmp_path):
    held(tmp_path, CONTRADICTORY, VAGUE, VAGUE, CLEAR, "北京市海淀区示例路1号", "安徽省合肥市示例路1号", "")
    waiting = review.waiting_places()
    assert [(one.records, one.why) for one in waiting] == [(2, Why.VAGUE), (1, Why.DOUBTFUL)]
    assert review.waiting_places(Why.DOUBTFUL) == waiting[1:]


def test_the_queue_shows_the_address_the_reason_and_the_places(operator_client, tmp_path):
    held(tmp_path, CONTRADICTORY)
    page = Page(operator_client.get(QUEUE))
    assert "桐城市示例路5号" in page.words("//article/h2")[0] and "邮政编码 230000" in page.text
    assert [one.get("value") for one in page.tree.xpath("//article//button")] == ["340881", "3401"]


def test_a_decision_moves_every_record_with_the_address_and_the_change_is_numbered(operator_client, tmp_path):
    held(tmp_path, VAGUE, VAGUE, CLEAR)
    before = queries.last_change()
    answer = decide(operator_client, review.waiting_places()[0], place="340802", note="营业执照")
    assert answer["Location"] == QUEUE
    assert [place_of(at).place for at in (1, 2, 3)] == [YINGJIANG] * 3 and not place_of(1).place_doubtful
    assert queries.last_change() == before + 2 and review.waiting_places() == []
    decision = PlaceDecision.objects.get()
    assert (decision.actor.username, decision.note, decision.address) == ("wang", "营业执照", VAGUE)
    entry = AuditEntry.objects.get(action="place.decide")
    assert entry.payload["name"] == "wang" and entry.payload["after"]["place"] == YINGJIANG


def test_the_place_at_filing_is_that_of_the_day(operator_client, tmp_path):
    imported(write_csv(tmp_path / "a.csv", [patent(1, 地址=CONTRADICTORY, 申请日="1995-03-05")]))
    decide(operator_client, review.waiting_places()[0], place="340881")
    assert (place_of(1).place, place_of(1).place_at_filing) == (TONGCHENG, 340821)


def test_a_decision_holds_for_what_comes_later_and_outlives_its_batch(operator_client, tmp_path):
    first = held(tmp_path, VAGUE)
    decide(operator_client, review.waiting_places()[0], place="340881")
    importing.undo(CONSOLE, first)
    held(tmp_path, f"  {VAGUE} ", name="b.csv", first=5)
    assert place_of(5).place == TONGCHENG and review.waiting_places() == []


def test_more_records_than_go_at_once_are_done_by_the_worker(operator_client, tmp_path, monkeypatch):
    monkeypatch.setattr("zhiquan.records.place_views.AT_ONCE", 1)
    held(tmp_path, VAGUE, VAGUE, VAGUE)
    decide(operator_client, review.waiting_places()[0], place="340881")
    assert sum(place_of(at).place == TONGCHENG for at in (1, 2, 3)) == 1
    while working.step(lambda: False):
        pass
    assert all(place_of(at).place == TONGCHENG for at in (1, 2, 3)) and not PlaceDecision.objects.get().pending


def test_a_decision_is_changed_and_taken_back(operator_client, tmp_path):
    held(tmp_path, CONTRADICTORY)
    waiting = review.waiting_places()[0]
    decide(operator_client, waiting, place="3401")
    assert place_of(1).place == 3401
    decide(operator_client, waiting, place="elsewhere", other="枞阳县")
    assert place_of(1).place == 340722
    listed = operator_client.get("/quality/places/decided/").content.decode()
    assert "枞阳县" in listed and "wang" in listed
    assert operator_client.post(page_of(waiting), {"do": "withdraw"}).status_code == 302
    assert place_of(1).place == TONGCHENG and place_of(1).place_doubtful and review.waiting_places() == [waiting]
    assert operator_client.post(page_of(waiting), {"do": "withdraw"}).status_code == 404


def test_nowhere_is_an_answer(operator_client, tmp_path):
    held(tmp_path, CONTRADICTORY)
    decide(operator_client, review.waiting_places()[0], place="nowhere")
    assert (place_of(1).place, place_of(1).place_doubtful) == (None, False) and review.waiting_places() == []


def test_a_zone_is_said_beside_the_county(operator_client, tmp_path):
    held(tmp_path, VAGUE)
    zone = next(one for one in review.units() if one.level == "zone")
    decide(operator_client, review.waiting_places()[0], place="340811", zone=zone.code)
    assert (place_of(1).place, place_of(1).zone) == (340811, zone.id)


@pytest.mark.parametrize(
    "forged",
    [
        {},
        {"place": ""},
        {"place": "999999"},
        {"place": "elsewhere", "other": "鼓楼区"},
        {"place": "340802", "zone": "340802"},
        {"place": "elsewhere"},
        {"place": "<script>"},
    ],
)
def test_an_answer_that_is_no_place_is_refused_and_nothing_changes(operator_client, tmp_path, forged):
    held(tmp_path, CONTRADICTORY)
    answer = decide(operator_client, review.waiting_places()[0], **forged)
    assert answer.status_code == 400 and Page(answer).problem
    assert PlaceDecision.objects.count() == 0 and place_of(1).place_doubtful


@pytest.mark.parametrize("odd", ["0", "12", "-1", "x", "9" * 40, "-", "１"])
def test_an_address_nobody_has_is_not_found(operator_client, odd):
    assert operator_client.get(reverse("quality.place", args=[odd])).status_code == 404


@pytest.mark.parametrize("who", ["client", "citizen_client"])
def test_a_stranger_decides_nothing(request, tmp_path, who):
    held(tmp_path, CONTRADICTORY)
    asking, waiting = request.getfixturevalue(who), review.waiting_places()[0]
    assert decide(asking, waiting, place="340881").status_code == 403
    assert asking.get(QUEUE).status_code == 403 and PlaceDecision.objects.count() == 0


def test_the_key_is_of_the_words_not_of_their_width_or_spaces():
    assert address_key("安徽省 安庆市１号", "246001") == address_key("安徽省安庆市1号", "２４６００１")
    assert address_key("安徽省安庆市1号") != address_key("安徽省安庆市2号")


def test_without_a_decision_the_rule_answers():
    places = shipped_gazetteer()
    decided = DecidedPlaces(places, {address_key(VAGUE): Settled(TONGCHENG)})
    assert decided.locate(CLEAR) == places.locate(CLEAR)
    assert decided.locate(VAGUE).county == "340881" and question(decided, decided.locate(VAGUE), VAGUE, "")


def test_an_action_by_a_citizen_is_refused(tmp_path):
    held(tmp_path, CONTRADICTORY)
    actor = people.on_a_page(people.citizen())
    with pytest.raises(Exception, match="权限"):
        actions.decide_place(actor, review.waiting_places()[0].key, Answer(CONTRADICTORY, "", TONGCHENG))
    assert Record.objects.count() == 1 and PlaceDecision.objects.count() == 0
