"""The plan on a page: its sums are the plan's, and what is not covered is not counted."""

from __future__ import annotations

from decimal import Decimal

import attrs
import pytest

from gridlang.schedule import model as m
from gridlang.schedule import steps as s
from gridlang.targets.pages import told
from gridlang.targets.pages.board import Board, board
from gridlang.targets.views.money import bookings, total
from tests.unit.schedule import sample
from tests.unit.targets import plans
from tests.unit.targets.test_plan_html import tree


def show(channel: str, budget: str | None) -> s.Show:
    step = f"{channel}_{budget}".replace(" ", "")
    return s.Show(id=step, place=0, channel=channel, message="news", duration="1w", budget=budget)


def flown(name: str, phases: tuple[str, ...], *shows: s.Show) -> m.Campaign:
    linked = [
        attrs.evolve(one, next=shows[place + 1].id if place + 1 < len(shows) else None)
        for place, one in enumerate(shows)
    ]
    return m.Campaign(name=name, place=0, phases=phases, mass=True, steps=tuple(linked))


def with_campaigns(*campaigns: m.Campaign, budget: str | None = "1000 DKK") -> m.Schedule:
    schedule = plans.in_language("en")
    return attrs.evolve(schedule, plan=attrs.evolve(schedule.plan, budget=budget), campaigns=campaigns)


def shown(schedule: m.Schedule) -> Board:
    return board(told.context(schedule))


def test_costs_stand_by_phase_and_channel_with_their_sums() -> None:
    costs = shown(
        with_campaigns(
            flown("b", ("sale", "contact"), show("tv", "20 DKK")),
            flown("c", ("sale",), show("tv", "5 DKK"), show("press", "7 DKK")),
            flown("a", ("awareness",), show("tv", "100 DKK"), show("press", None), show("press", "50 DKK")),
        )
    ).costs
    assert costs.rows[0].phases[0].text == "Kendskab", "in the order of the journey"
    by_phase = {tuple(phase.text for phase in row.phases): (row.cells, row.total) for row in costs.rows}
    assert by_phase["Kendskab",] == (("DKK\xa0100", "DKK\xa050"), "DKK\xa0150")
    assert by_phase["Salg",] == (("DKK\xa05", "DKK\xa07"), "DKK\xa012")
    assert by_phase["Salg", "Kontakt"] == (("DKK\xa020", ""), "DKK\xa020")
    assert (costs.sums, costs.total) == (("DKK\xa0125", "DKK\xa057"), "DKK\xa0182")


@pytest.mark.parametrize(
    ("budget", "said", "left", "over"),
    [
        ("200 DKK", "75%", "DKK\xa050", False),
        ("100 DKK", "150%", "DKK\xa050", True),
        ("150 DKK", "100%", "DKK\xa00", False),
    ],
)
def test_what_is_booked_is_held_against_the_budget(budget: str, said: str, left: str, over: bool) -> None:
    schedule = with_campaigns(flown("a", (), show("tv", "150 DKK")), budget=budget)
    held = shown(schedule).costs.budget
    assert held is not None
    assert (held.booked.said, held.left, held.over) == (said, left, over)
    assert ("over the budget" in tree(schedule).get_element_by_id("board").text_content()) is over


def test_a_plan_without_a_budget_or_media_says_so() -> None:
    schedule = with_campaigns(budget=None)
    assert shown(schedule).costs.budget is None
    assert "No media are booked." in tree(schedule).get_element_by_id("board").text_content()


def test_a_show_that_is_repeated_costs_each_time() -> None:
    again = s.Repeat(id="again", place=0, every="4mo", body="tv_10DKK", body_steps=("tv_10DKK",))
    campaign = m.Campaign(name="a", place=0, mass=True, steps=(again, show("tv", "10 DKK")))
    schedule = with_campaigns(campaign)
    assert total(bookings(schedule)) == {"DKK": Decimal(30)}, "in January, May and September of 2027"
    assert "DKK\xa030" in tree(schedule).xpath("string(//header)"), "the head of the page says the same"


def test_a_segment_that_nobody_speaks_to_reaches_no_cell() -> None:
    schedule = plans.in_language("en")
    lonely = attrs.evolve(schedule.segments[0], name="lonely", title="Lonely", size=1234)
    named = tuple(segment.name for segment in schedule.segments)
    campaigns = tuple(attrs.evolve(each, segments=each.segments or named) for each in schedule.campaigns)
    rows = shown(attrs.evolve(schedule, segments=(*schedule.segments, lonely), campaigns=campaigns)).segments
    assert rows[-1].cells is not None
    assert (rows[-1].size, rows[-1].campaigns, rows[-1].goals) == ("1,234", 0, ())
    assert rows[-1].cells.share == 0
    assert rows[0].cells is not None
    assert rows[0].cells.share > 0


def test_influence_counts_those_who_decide_and_those_they_heed() -> None:
    """She sways him who approves and hears nothing; the child sways nobody and is not counted."""
    schedule = plans.in_language("en")
    people = tuple(m.Person(name=name, place=0, title=name.title()) for name in ("him", "her", "child"))
    drawn = m.Map(
        name="home",
        place=0,
        phases=("sale",),
        parts=(
            m.Part(person="him", roles=("approver",), place=0),
            m.Part(person="her", roles=("influencer",), place=0),
            m.Part(person="child", roles=("user",), place=0),
        ),
        influence=(m.Influence(source="her", target="him", strength="strong", place=0),),
    )
    send = s.Send(id="s", place=0, channels=("email",), message="news")
    campaign = m.Campaign(name="a", place=0, phases=("sale",), roles=("approver",), steps=(send,))
    plan = attrs.evolve(
        schedule, segments=schedule.segments[:1], persons=people, maps=(drawn,), campaigns=(campaign,), kpis=()
    )
    (row,) = shown(plan).influence
    assert (row.heard.said, row.heard.share, row.silent) == ("1 of 2", 50, ("Her",))


def test_every_goal_and_aim_stands_there() -> None:
    schedule = sample.schedule()
    text = tree(schedule).get_element_by_id("board").text_content()
    for campaign in schedule.campaigns:
        if campaign.goal:
            assert next(each.label for each in schedule.events if each.name == campaign.goal.event) in text
    assert "40 i kvartalet" in text
