"""What pages know of a plan: cells, who hears what, flows as graphs, and dates worked out by hand."""

from __future__ import annotations

import datetime as dt

import attrs

from gridlang.schedule import expressions as e
from gridlang.schedule import model as m
from gridlang.schedule import steps as s
from gridlang.targets.views.anchors import anchor
from gridlang.targets.views.flow import START, Afterwards, Again, Nothing, Overdue, Skipped, Then, Times, flow
from gridlang.targets.views.grid import matrices
from gridlang.targets.views.phases import style, styles
from gridlang.targets.views.reach import maps_in_phase
from gridlang.targets.views.year import flights, run_of
from tests.unit.schedule import sample


def states(relation: str, phase: str) -> dict[str, str]:
    """The states of the cells of the growing families, by role."""
    (matrix,) = (
        each
        for each in matrices(sample.schedule())
        if each.segment.name == "growing_families" and relation in each.relations
    )
    (row,) = (row for row in matrix.rows if row.phase.name == phase)
    return {cell.role: cell.state for cell in row.cells}


def test_cells() -> None:
    assert states("prospect", "awareness") == dict.fromkeys(
        ("initiator", "user", "influencer", "approver", "target"), "filled"
    )
    # `invite` speaks to the target and, by name, to father, who approves; nobody initiates on this map.
    assert states("prospect", "contact") == {
        "initiator": "nobody",
        "user": "empty",
        "influencer": "empty",
        "approver": "filled",
        "target": "filled",
    }
    # In the sale father approves, and hears as target.
    assert states("prospect", "sale")["approver"] == "covered"
    assert states("prospect", "standby")["approver"] == "empty"


def test_levels_with_the_same_cells_share_a_matrix() -> None:
    found = [each.relations for each in matrices(sample.schedule()) if each.segment.name == "growing_families"]
    assert found == [("prospect",), ("first_purchase", "loyal")]
    without = attrs.evolve(sample.schedule(), relations=())
    assert [each.relations for each in matrices(without) if each.segment.name == "growing_families"] == [()]


def test_who_hears_what_on_a_map() -> None:
    (contact,) = maps_in_phase(sample.schedule(), "contact")
    heard = {each.person.name: [campaign.campaign.name for campaign in each.heard] for each in contact.listeners}
    assert heard == {"father": ["invite"], "mother": []}
    (sale,) = maps_in_phase(sample.schedule(), "sale")
    assert {each.person.name for each in sale.listeners if each.decides} == {"father"}
    assert {each.person.name for each in sale.listeners if each.to_approver} == {"mother", "teenager", "friend"}
    assert maps_in_phase(sample.schedule(), "loyalty") == ()


def test_somebody_outside_the_crm_is_reached_by_mass_media_only() -> None:
    schedule = sample.schedule()
    mail = attrs.evolve(sample.campaign(schedule, "invite"), phases=("sale",), roles=("influencer",), addressed=())
    film = attrs.evolve(sample.campaign(schedule, "dream"), phases=("sale",), roles=("influencer",))
    (sale,) = maps_in_phase(attrs.evolve(schedule, campaigns=(mail, film)), "sale")
    heard = {each.person.name: [campaign.campaign.name for campaign in each.heard] for each in sale.listeners}
    assert heard == {"father": [], "mother": ["invite", "dream"], "teenager": [], "friend": ["dream"]}


def arrows(campaign: str) -> dict[tuple[str, str], tuple[type, ...]]:
    found = flow(sample.campaign(sample.schedule(), campaign)).arrows
    return {(arrow.source, arrow.target): tuple(type(meaning) for meaning in arrow.meanings) for arrow in found}


def test_the_arrows_of_a_flow() -> None:
    campaign = sample.campaign(sample.schedule(), "invite")
    found = arrows("invite")
    assert found[(START, campaign.steps[0].id)] == (Then,)
    (ask,) = (step for step in campaign.steps if isinstance(step, s.Ask))
    (task,) = (step for step in campaign.steps if isinstance(step, s.Task))
    (jump,) = (step for step in campaign.steps if isinstance(step, s.Jump))
    assert (Nothing,) in [found[(ask.id, ask.nothing or "")]]
    assert found[(task.id, task.overdue or "")] == (Overdue,)
    assert found[(jump.id, jump.next or "")] == (Times,)
    assert Afterwards in found[(jump.id, jump.otherwise or "")]
    back = {(arrow.source, arrow.target) for arrow in flow(campaign).arrows if arrow.back}
    assert (jump.id, jump.next) in back


def test_a_touch_that_is_skipped_and_a_task_that_never_came() -> None:
    sale = sample.campaign(sample.schedule(), "close_the_sale")
    found = arrows("close_the_sale")
    (send,) = (step for step in sale.steps if isinstance(step, s.Send) and step.skipped)
    (task,) = (step for step in sale.steps if isinstance(step, s.Task))
    assert Skipped in found[(send.id, send.skipped or "")]
    assert Skipped in found[(task.id, task.next or "")]


def test_the_end_of_a_turn_waits_for_the_next_and_the_end_of_a_flow_is_an_end() -> None:
    loyalty = sample.campaign(sample.schedule(), "loyalty")
    (repeat,) = (step for step in loyalty.steps if isinstance(step, s.Repeat))
    found = arrows("loyalty")
    assert found[(repeat.body_steps[-1], repeat.id)] == (Again,)
    dream = sample.campaign(sample.schedule(), "dream")
    ends = [target for source, target in arrows("dream") if source == dream.steps[-1].id]
    assert len(ends) == 1
    assert ends[0] not in {step.id for step in dream.steps}


def mass(*steps: s.Step, starts: str | None = "2027-03-01") -> m.Schedule:
    """A plan with one mass campaign."""
    begins = m.Starts(place=1, date=e.Value("Date", starts)) if starts else None
    campaign = m.Campaign(name="film", place=1, mass=True, starts=begins, steps=steps)
    return attrs.evolve(sample.schedule(), campaigns=(campaign,))


def show(number: int, then: str | None = None, channel: str = "facebook", duration: str = "2w") -> s.Show:
    return s.Show(id=f"f{number}", place=1, next=then, channel=channel, message="dream_film", duration=duration)


def days(schedule: m.Schedule) -> list[tuple[str, str]]:
    return [(flight.first.isoformat(), flight.last.isoformat()) for flight in flights(schedule)]


def test_flights_run_side_by_side_and_waits_move_them() -> None:
    wait = s.Wait(id="w", place=1, next="f3", duration="3 workdays")
    # Thursday 18 March + 3 workdays is Tuesday 23 March.
    schedule = mass(show(1, "f2"), show(2, "w", duration="10d"), wait, show(3, duration="1d"), starts="2027-03-18")
    assert days(schedule) == [("2027-03-18", "2027-03-31"), ("2027-03-18", "2027-03-27"), ("2027-03-23", "2027-03-23")]


def test_a_flight_is_booked_its_lead_ahead() -> None:
    (flight,) = flights(mass(show(1, channel="tv", duration="3w")))
    assert flight.order_by == dt.date(2027, 1, 18)


def test_flights_of_a_series_stop_with_the_period() -> None:
    repeat = s.Repeat(id="r", place=1, every="3mo", body="f1", body_steps=("f1",))
    assert [first for first, _ in days(mass(repeat, show(1)))] == [
        "2027-03-01",
        "2027-06-01",
        "2027-09-01",
        "2027-12-01",
    ]


def test_a_loop_and_an_answer_end_the_walk() -> None:
    jump = s.Jump(id="j", place=1, next="f1", times=2, otherwise=None)
    wait = s.Wait(id="w", place=1, next="j", duration="1mo")
    assert [first for first, _ in days(mass(show(1, "w"), wait, jump))] == ["2027-03-01", "2027-04-01", "2027-05-01"]
    ask = s.Ask(id="a", place=1, question="?", within="1d", arms=(), nothing="f1", nothing_place=1)
    assert days(mass(ask, show(1))) == []


def test_without_a_date_a_mass_campaign_begins_with_the_period() -> None:
    assert days(mass(show(1, duration="1d"), starts=None)) == [("2027-01-04", "2027-01-04")]


def test_the_days_on_which_a_run_can_begin() -> None:
    schedule = sample.schedule()
    assert run_of(schedule, sample.campaign(schedule, "close_the_sale")) == (dt.date(2027, 1, 4), dt.date(2027, 11, 30))


def test_colours_follow_the_journey() -> None:
    assert list(styles(sample.schedule()).values()) == ["p1", "p2", "p3", "p4", "p5"]
    assert style(sample.schedule(), ("sale", "contact")) == "p3"
    assert style(sample.schedule(), ()) == "p0"


def test_anchors_are_plain_for_plain_names_and_told_apart_for_others() -> None:
    assert anchor("campaign", "close_the_sale") == "campaign-close_the_sale"
    odd = {anchor("step", "x", name) for name in ("Booker han?", "Booker han!", "møde", "mode", " ", "a b")}
    assert len(odd) == 6
    assert all(" " not in each and each.isascii() for each in odd)
