"""The line of a right's days: everything inside it, labels that do not meet, bands between the days that change it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zhiquan.records.drawing import LANES, Day, drawn

TODAY = date(2026, 1, 1)


def percent(text: str) -> float:
    return float(text.removesuffix("%"))


def test_one_day_is_no_line():
    assert drawn([Day(TODAY, "申请")], TODAY) is None
    assert drawn([], TODAY) is None


def test_bands_run_from_one_change_to_the_next():
    line = drawn([Day(date(2016, 1, 1), "申请", "pending"), Day(date(2018, 1, 1), "公布"), Day(date(2020, 1, 1), "授权公告", "alive")], TODAY)  # fmt: skip
    assert [one.life for one in line.bands] == ["pending", "alive"]
    assert percent(line.bands[0].x) + percent(line.bands[0].width) == percent(line.bands[1].x)
    assert [one.year for one in line.ticks] == [str(year) for year in range(2017, 2027)]


def test_one_dot_stands_for_a_day_with_what_changed_the_right():
    day = date(2020, 1, 1)
    line = drawn(
        [Day(date(2016, 1, 1), "申请"), Day(day, "法律事件", minor=True), Day(day, "授权公告", "alive")], TODAY
    )
    assert [one.label for one in line.dots] == ["申请", "授权公告 +1"]


days = st.builds(
    Day,
    st.dates(date(1985, 1, 1), date(2050, 1, 1)),
    st.sampled_from(["申请", "实质审查请求期满", "Publication"]),
    st.sampled_from(["", "alive", "dead"]),
    st.booleans(),
    st.booleans(),
)


@given(st.lists(days, min_size=2, max_size=40).map(lambda several: sorted(several, key=lambda one: one.day)))
def test_everything_stays_on_the_line(several):
    line = drawn(several, TODAY)
    if line is None:
        return
    places = [percent(one.x) for one in (*line.dots, *line.ticks, *line.bands)]
    assert all(0 <= place <= 100 for place in places) and 0 <= percent(line.today) <= 100
    assert all(0 < one.label_y < line.line_y for one in line.dots if one.labelled)
    assert len({one.label_y for one in line.dots if one.labelled}) <= LANES
    assert not any(one.labelled for one in line.dots if one.minor)


def test_days_close_together_get_lanes_of_their_own():
    several = [Day(date(2020, 1, 1) + timedelta(days=place), "申请公布") for place in range(6)]
    line = drawn([*several, Day(date(2040, 1, 1), "期限届满")], TODAY)
    labelled = [one for one in line.dots[:6] if one.labelled]
    assert len({one.label_y for one in labelled}) == len(labelled) == LANES
