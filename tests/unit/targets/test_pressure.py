"""Pressure: fullest weeks worked out by hand, and what caps let through."""

from __future__ import annotations

import attrs
import pytest

from gridlang.schedule import expressions as e
from gridlang.schedule import model as m
from gridlang.schedule import steps as s
from gridlang.targets.pages import told
from gridlang.targets.pages.pressure import strain
from gridlang.targets.views.fullest import MOST, fullest
from gridlang.targets.views.pressure import Count, Strained, pressure, room
from tests.unit.schedule import sample
from tests.unit.targets import plans
from tests.unit.targets.test_plan_html import tree


def send(name: str, then: str | None, channels: tuple[str, ...] = ("email",), skipped: str | None = None) -> s.Send:
    return s.Send(id=name, place=0, next=then, channels=channels, message="news", skipped=skipped)


def wait(name: str, duration: str, then: str | None) -> s.Wait:
    return s.Wait(id=name, place=0, duration=duration, next=then)


def jump(name: str, times: int, then: str, otherwise: str | None) -> s.Jump:
    return s.Jump(id=name, place=0, times=times, next=then, otherwise=otherwise)


def campaign(*steps: s.Step, **terms: object) -> m.Campaign:
    return m.Campaign(name="c", place=0, steps=steps, **terms)  # type: ignore[arg-type]


def days(*steps: s.Step, counted: frozenset[str] | None = None) -> list[tuple[str, int]]:
    """The touches of the fullest week with their days."""
    touches = frozenset(step.id for step in steps if isinstance(step, s.Send | s.Task))
    found = fullest(campaign(*steps), touches if counted is None else counted)
    assert not found.endless
    return [(made.step.id, made.day) for made in found.touches]


# --- the fullest week of a flow ---------------------------------------------------------------------------------------


def test_a_week_ends_before_the_same_hour_seven_days_later() -> None:
    assert days(send("a", "w"), wait("w", "6d", "b"), send("b", None)) == [("a", 0), ("b", 6)]
    assert days(send("a", "w"), wait("w", "7d", "b"), send("b", None)) == [("a", 0)]
    assert days(send("a", "w"), wait("w", "1mo", "b"), send("b", None)) == [("a", 0)]


def test_the_fullest_week_need_not_be_the_first() -> None:
    steps = (send("a", "w"), wait("w", "2w", "b"), send("b", "v"), wait("v", "3 workdays", "c"), send("c", None))
    assert days(*steps) == [("b", 0), ("c", 3)]


def test_an_answer_can_come_at_once_and_silence_takes_its_time() -> None:
    def asked(within: str) -> s.Ask:
        arm = s.EventArm(events=("clicked",), next="quick", place=0)
        return s.Ask(id="q", place=0, question="?", within=within, arms=(arm,), nothing="slow", nothing_place=0)

    quick = (send("quick", None), send("slow", "more"), send("more", None))
    assert days(send("a", "q"), asked("5d"), *quick) == [("a", 0), ("slow", 5), ("more", 5)]
    assert days(send("a", "q"), asked("7d"), *quick[:1], send("slow", None)) == [("a", 0), ("quick", 0)]


def test_a_skipped_touch_is_none() -> None:
    steps = (send("a", None, skipped="b"), send("b", "c"), send("c", None))
    assert days(*steps) == [("b", 0), ("c", 0)], "who gets a does not get b"


def test_only_the_counted_touches_count() -> None:
    steps = (send("a", "b"), send("b", "c", ("letter",)), send("c", None))
    assert days(*steps, counted=frozenset({"a", "c"})) == [("a", 0), ("c", 0)]


def test_a_counted_arrow_ends_what_would_go_on() -> None:
    steps = (send("a", "j"), jump("j", 3, "a", None))
    assert days(*steps) == [("a", 0)] * 4
    loop = (send("a", "w"), wait("w", "2d", "a"))
    assert days(*loop) == [("a", 0), ("a", 2), ("a", 4), ("a", 6)]


def test_a_loop_over_answers_has_no_end() -> None:
    arm = s.EventArm(events=("clicked",), next="a", place=0)
    ask = s.Ask(id="q", place=0, question="?", within="5d", arms=(arm,), nothing=None, nothing_place=0)
    found = fullest(campaign(send("a", "q"), ask), frozenset({"a"}))
    assert (found.endless, len(found.touches)) == (True, MOST)


def test_a_maze_of_counted_arrows_is_given_up_and_said_to_have_no_end() -> None:
    steps: list[s.Step] = []
    for at in range(30):
        arms = tuple(s.EventArm(events=("clicked",), next=f"j{at}_{arm}", place=0) for arm in range(4))
        follows = f"s{(at + 1) % 30}"
        steps += [
            send(f"s{at}", f"q{at}"),
            s.Ask(id=f"q{at}", place=0, question="?", within="1h", arms=arms, nothing=follows, nothing_place=0),
            *(jump(f"j{at}_{arm}", 9, f"s{(at * 7 + arm * 3) % 30}", follows) for arm in range(4)),
        ]
    assert fullest(campaign(*steps), frozenset(f"s{at}" for at in range(30))).endless


@pytest.mark.parametrize(("every", "expected"), [("1w", 1), ("3d", 3), ("28d", 1), ("1d", 7)])
def test_a_series_comes_as_often_as_it_says(every: str, expected: int) -> None:
    series = s.Repeat(id="r", place=0, every=every, body="a", body_steps=("a",))
    assert len(days(series, send("a", None))) == expected


def test_a_late_step_of_a_turn_and_the_next_turn_fall_together() -> None:
    def turn(inside: str) -> list[tuple[str, int]]:
        series = s.Repeat(id="r", place=0, every="8d", body="a", body_steps=("a", "w", "b"))
        return days(series, send("a", "w"), wait("w", inside, "b"), send("b", None))

    assert turn("1d") == [("a", 0), ("b", 1)], "from b to the next a are seven days"
    assert [day for _, day in turn("3d")] in ([0, 5], [0, 3])
    assert [step for step, _ in turn("7d")] == ["b", "a"]


def test_a_weekday_comes_once_a_week() -> None:
    steps = (
        s.WaitUntil(id="u", place=0, weekday=1, at="10:00", next="a"),
        send("a", "w"),
        wait("w", "1d", "u"),
    )
    assert days(*steps) == [("a", 0)]
    twice = (*steps[:2], wait("w", "2d", "v"), s.WaitUntil(id="v", place=0, weekday=5, next="b"), send("b", "u"))
    assert days(*twice) == [("a", 0), ("b", 4)]


def test_work_can_be_done_at_any_time_so_it_holds_nothing_apart() -> None:
    arm = s.OutcomeArm(outcomes=("done",), next=None, place=0)
    task = s.Task(id="t", place=0, channel="phone", message=None, team="sales_desk", due="1d", arms=(arm,), next="b")
    assert days(task, send("b", None)) in ([("t", 0)], [("b", 0)]), "the arrow to b is that of a task never made"
    overdue = attrs.evolve(task, has_overdue=True, overdue="b")
    assert days(overdue, send("b", None)) == [("t", 0), ("b", 1)]


# --- cells and caps ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        ("3 per 7d", 3),
        ("2 per 30d", 2),
        ("1 per 2d", 4),
        ("1 per 24h", 7),
        ("1 per calendar week", 2),
        ("1 per calendar month", 2),
        ("1 per calendar day", 8),
        ("0 per 7d", 0),
    ],
)
def test_room_of_a_cap_in_seven_days(rate: str, expected: int) -> None:
    assert room(m.Cap(rate=rate, place=0)) == expected


def planned(*campaigns: m.Campaign, rules: tuple[m.Rule, ...] = ()) -> m.Schedule:
    channels = tuple(attrs.evolve(each, cap=None) for each in sample.schedule().channels)
    return attrs.evolve(plans.in_language("en"), campaigns=campaigns, rules=rules, channels=channels)


def cell(schedule: m.Schedule, phase: str = "contact", role: str = "target") -> Strained:
    matrix = next(each for each in pressure(schedule) if each.matrix.segment.name == "growing_families")
    (cells,) = (cells for name, cells in matrix.rows if name == phase)
    return next(each for each in cells if each.role == role)


def mails(name: str, number: int, **terms: object) -> m.Campaign:
    steps = tuple(send(f"s{at}", f"s{at + 1}" if at < number else None) for at in range(1, number + 1))
    return attrs.evolve(campaign(*steps, phases=("contact",), **terms), name=name)


def test_the_campaigns_of_a_cell_are_added_up() -> None:
    found = cell(planned(mails("a", 2), mails("b", 3), mails("other", 9, segments=("everyone_else",))))
    assert found.asked == found.most == Count(5)
    assert not found.bounded
    assert cell(planned(mails("a", 2)), phase="sale").parts == ()


def test_somebody_with_several_roles_hears_what_each_of_them_hears() -> None:
    """Father is target and approver on the sample's map of contact."""
    schedule = planned(mails("a", 2, roles=("target",)), mails("b", 3, roles=("approver",)))
    found = cell(schedule)
    assert (found.person, found.asked) == ("father", Count(5))


def test_the_strictest_cap_beside_what_it_does_not_cover() -> None:
    letters = attrs.evolve(
        campaign(send("l1", "l2", ("letter",)), send("l2", None, ("letter",)), phases=("contact",)), name="letters"
    )
    on_email = m.Rule(name="r", place=0, cap=m.Cap(rate="1 per 7d", place=0, channels=("email",)))
    found = cell(planned(mails("a", 4), letters, rules=(on_email,)))
    assert (found.asked, found.most) == (Count(6), Count(3))
    every = m.Rule(name="all", place=0, cap=m.Cap(rate="2 per 7d", place=0))
    assert cell(planned(mails("a", 4), letters, rules=(on_email, every))).most == Count(2)


@pytest.mark.parametrize(
    "coordinates",
    [{"phases": ("sale",)}, {"roles": ("user",)}, {"segments": ("everyone_else",)}, {"channels": ("letter",)}],
)
def test_a_rule_that_does_not_cover_the_cell_holds_nothing_back(coordinates: dict[str, tuple[str, ...]]) -> None:
    rule = m.Rule(name="r", place=0, cap=m.Cap(rate="1 per 7d", place=0), **coordinates)  # type: ignore[arg-type]
    found = cell(planned(mails("a", 4), rules=(rule,)))
    assert (found.most, found.bounded) == (Count(4), False)


def test_nobody_counts_on_a_cap_under_a_condition() -> None:
    when = e.Has(e.Attribute("person", "email", "Text"))
    rule = m.Rule(name="r", place=0, cap=m.Cap(rate="1 per 7d", place=0), when=when)
    found = cell(planned(mails("a", 4), rules=(rule,)))
    assert found.most == Count(4)
    assert [holding.some for holding in found.holdings] == [True]


def test_an_event_that_starts_another_run_leaves_it_to_the_caps() -> None:
    starts = m.Starts(place=0, event="clicked")
    open_end = cell(planned(mails("a", 1, starts=starts)))
    assert open_end.asked == open_end.most == Count(1, more=True)
    assert cell(planned(mails("a", 1, starts=starts, reentry="once"))).asked == Count(1)
    assert cell(planned(mails("a", 1, starts=starts, reentry="after 2w"))).asked == Count(1)
    rule = m.Rule(name="r", place=0, cap=m.Cap(rate="2 per 7d", place=0))
    assert cell(planned(mails("a", 1, starts=starts), rules=(rule,))).most == Count(2)


def test_mass_media_and_audiences_press_on_nobody() -> None:
    audience = attrs.evolve(campaign(send("a", None, ("facebook",)), phases=("contact",)), name="a")
    shown = s.Show(id="tv", place=0, channel="tv", message="news", duration="1w")
    flight = m.Campaign(name="tv", place=0, mass=True, steps=(shown,))
    assert cell(planned(audience, flight)).parts == ()


# --- the page ---------------------------------------------------------------------------------------------------------


def test_a_cell_says_what_comes_through_and_what_is_held_back() -> None:
    rule = m.Rule(name="r", place=0, title="Three a week", cap=m.Cap(rate="3 per 7d", place=3))
    view = strain(told.context(planned(mails("a", 5), rules=(rule,))))
    segment = next(each for each in view.segments if each.name == "growing_families")
    row = next(row for row in segment.tables[0].rows if row.phase.text == "Kontakt")
    shown = next(each for each in row.cells if each.link)
    assert (shown.state, shown.most, shown.note) == ("held", "3", "of 5")
    assert [state for _, state in shown.pearls] == ["through"] * 3 + ["held"] * 2
    behind = next(each for each in segment.lists if each.anchor == shown.link)
    assert [len(part.touches) for part in behind.parts] == [5]
    assert [(each.title, each.over) for each in behind.holdings] == [("Three a week", True)]
    (cap,) = view.caps
    assert (cap.room, cap.where.text) == ("3", "plan.grid:4")
    assert any(link == behind.anchor for _, link in cap.cells)


def test_every_number_leads_to_its_list_and_every_list_to_its_steps() -> None:
    root = tree(sample.schedule())
    ids = set(root.xpath("//@id"))
    links = root.xpath("//section[@id='pressure']//@href")
    assert len(links) > 10
    assert {link.removeprefix("#") for link in links} <= ids
    cells = root.xpath("//table[contains(@class, 'strain')]//td//a/@href")
    behind = {f"#{name}" for name in root.xpath("//details[@class='behind']//li/@id")}
    assert set(cells) == behind


def test_pressure_of_a_flow_of_a_thousand_steps_is_found() -> None:
    schedule = plans.chain(1000)
    root = tree(attrs.evolve(schedule, rules=()))
    assert root.xpath("//section[@id='pressure']//td[contains(@class, 'free')]")
