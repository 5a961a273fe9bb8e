"""What the page says is what the rows say: counts worked out another way from the tables of a run."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

import pytest

from gridlang.quantities import Rate
from gridlang.run_page import small
from gridlang.run_page.arrows import taken_along
from gridlang.runtime.figures import caps_of, week_of
from gridlang.runtime.rows import BEGINS
from gridlang.schedule import clock
from gridlang.schedule import steps as st
from gridlang.schedule.clock import date_of
from gridlang.targets.views import flow as views
from gridlang.targets.words import words_for
from tests.unit.examples import plans
from tests.unit.run_page.pages import EXAMPLES, executed, figured, tree

ENGLISH = words_for("en")


@pytest.mark.parametrize("name", EXAMPLES)
def test_arrows_agree_with_the_rows(name: str) -> None:
    """Out of a send go as many as it made and skipped; out of a task no more than were handed out and skipped."""
    rows, figures = executed(name), figured(name)
    made = Counter((row.campaign, row.step) for row in (*rows.touches, *rows.tasks, *rows.audiences))
    skipped = Counter((row.campaign, row.step) for row in rows.skips if row.reason != "period_over")
    out: Counter[tuple[str, str]] = Counter()
    for (campaign, step, _), runs in figures.counts.arrows.items():
        out[campaign, step] += runs
    seen = 0
    for campaign in plans.compiled(name).schedule.campaigns:
        for step in campaign.steps:
            key = (campaign.name, step.id)
            if isinstance(step, st.Send | st.Show | st.Notify):
                assert out[key] == made[key] + skipped[key], key
                seen += out[key]
            elif isinstance(step, st.Task):
                assert out[key] <= made[key] + skipped[key], key
    assert seen > 100


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_flows_into_a_step_flows_out_or_stays(name: str) -> None:
    """Along the drawing's arrows; every counter stands on exactly one of them."""
    figures = figured(name)
    drawn: Counter[str] = Counter()
    for campaign in plans.compiled(name).schedule.campaigns:
        graph = views.flow(campaign)
        taken = taken_along(campaign, graph, figures)
        drawn[campaign.name] = sum(taken.values())
        assert taken[views.START, campaign.steps[0].id] == figures.counts.arrows.get((campaign.name, *BEGINS), 0)
        for step in campaign.steps:
            came = sum(runs for (_, target), runs in taken.items() if target == step.id)
            left = sum(runs for (source, _), runs in taken.items() if source == step.id)
            if not isinstance(step, st.Repeat):
                assert left <= came, (campaign.name, step.id)
    counted: Counter[str] = Counter()
    moves = {
        (each.name, step.id)
        for each in plans.compiled(name).schedule.campaigns
        for step in each.steps
        if isinstance(step, st.Move)
    }
    for (of, step_id, _), runs in figures.counts.arrows.items():
        counted[of] += runs if (of, step_id) not in moves else 0
    assert counted == drawn


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_drawing_says_the_counts(name: str) -> None:
    """On its arrows stand, in bold, the runs begun and the words of every count that is not small."""
    schedule, figures = plans.compiled(name).schedule, figured(name)
    words = words_for(schedule.plan.locale)
    for campaign in schedule.campaigns:
        begun = figures.counts.arrows.get((campaign.name, *BEGINS), 0)
        drawings = tree(name).xpath(f"//*[@id='flowchart-{campaign.name}']")
        assert bool(drawings) == bool(begun)
        if begun:
            told = drawings[0].xpath(".//*[local-name()='text'][contains(@class, 'count')]/text()")
            graph = views.flow(campaign)
            taken = taken_along(campaign, graph, figures)
            count = words.number if campaign.mass else lambda runs: small.people(words, runs)
            assert sorted(text.split(" · ")[0] for text in told) == sorted(count(runs) for runs in taken.values())


@pytest.mark.parametrize("name", EXAMPLES)
def test_weeks_moves_and_skips_are_the_rows(name: str) -> None:
    schedule, rows, figures = plans.compiled(name).schedule, executed(name), figured(name)
    zone = schedule.plan.timezone
    weeks = Counter((row.channel, _week(row.due, zone)) for row in rows.touches if row.contact)
    weeks += Counter((row.channel, _week(row.due, zone)) for row in rows.tasks if row.kind == "task")
    weeks += Counter((row.channel, _week(row.start, zone)) for row in rows.audiences)
    assert {(channel, date_of(day).isocalendar()[:2]): n for (channel, day), n in figures.weeks.items()} == weeks
    assert figures.moves == Counter((row.source, row.target) for row in rows.moves)
    reasons: Counter[str] = Counter()
    for key, number in figures.skipped.items():
        reasons[key.reason] += number
    assert reasons == Counter(row.reason for row in rows.skips)
    assert sum(figures.desk.values()) == sum(row.kind == "task" for row in rows.tasks)


def _week(moment: int, zone: str) -> tuple[int, int]:
    year, week, _ = clock.local(moment, zone).date().isocalendar()
    return year, week


def test_pressure_is_what_a_window_over_the_rows_finds() -> None:
    """The cap of three in seven days over everything personal, by brute force over each person's touches."""
    name = "family_car"
    schedule, rows = plans.compiled(name).schedule, executed(name)
    zones = {contact.id: contact.timezone or schedule.plan.timezone for contact in plans.given(name).contacts}
    made: dict[str, list[dt.datetime]] = {}
    for row in (*rows.touches, *rows.tasks):
        if row.contact and row.channel:
            made.setdefault(row.contact, []).append(clock.local(row.due, zones[row.contact]))
    found: Counter[int] = Counter()
    for moments in made.values():
        found[max(sum(at - dt.timedelta(days=7) < each <= at for each in moments) for at in moments)] += 1
    numbers = [number for number, (owner, _) in enumerate(caps_of(schedule)) if owner.name == "contact_pressure"]
    counted = {most: people for (cap, most), people in figured(name).counts.pressure.items() if cap == numbers[0]}
    assert counted == found
    assert max(found) == Rate.parse("3 per 7d").count


@pytest.mark.parametrize("name", EXAMPLES)
def test_nobody_stands_above_a_cap_that_has_no_rule_of_its_own_time(name: str) -> None:
    """Nothing but `contacted` could bring a channel's own cap above its count, and the examples have none of it."""
    schedule, figures = plans.compiled(name).schedule, figured(name)
    for number, (_, cap) in enumerate(caps_of(schedule)):
        peaks = [most for (of, most) in figures.counts.pressure if of == number]
        assert max(peaks, default=0) <= Rate.parse(cap.rate).count


@pytest.mark.parametrize("name", EXAMPLES)
def test_kpis_count_the_events_of_those_in_the_plan(name: str) -> None:
    """At most as many as the files and the outcomes say, and on the page the sum of its stretches."""
    schedule, figures = plans.compiled(name).schedule, figured(name)
    ancestors = {event.name: {event.name, *event.ancestors} for event in schedule.events}
    for kpi in schedule.kpis:
        counted = sum(times for (event, _), times in figures.counts.happened.items() if event == kpi.counts)
        rows = [
            row for row in plans.given(name).happenings if kpi.counts in ancestors.get(row.event or row.outcome, ())
        ]
        assert 0 < counted <= len(rows)
        shown = tree(name).xpath(f"//*[@id='kpi-{kpi.name}']")[0]
        assert _number(shown.xpath("string(.//p[@class='result']/strong)")) == counted
        cells = shown.xpath(".//tbody/tr/td[1]/text()")
        assert sum(_number(cell) for cell in cells) == counted


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def test_few_people_are_not_counted_out() -> None:
    assert [small.people(ENGLISH, number) for number in (0, 1, 4, 5, 1204)] == ["0", "1–4", "1–4", "5", "1,204"]
    assert small.share(ENGLISH, 2, 100) == ""
    assert small.share(ENGLISH, 2, 4) == ""
    assert small.share(ENGLISH, 50, 100) == "50%"
    assert small.bar(1, 100) == small.bar(4, 100)


def test_a_week_begins_on_its_monday() -> None:
    for day in range(-20, 20):
        monday = date_of(week_of(day * 86_400, "UTC"))
        assert monday.weekday() == 0
        assert 0 <= (date_of(day) - monday).days < 7


@pytest.mark.parametrize("name", EXAMPLES)
def test_delays_are_those_of_the_chains(name: str) -> None:
    """A row that a rule moved twice is one row, and all its seconds count."""
    rows, figures = executed(name), figured(name)
    moved: Counter[tuple[str, int]] = Counter()
    seconds: Counter[tuple[str, int]] = Counter()
    for row in (*rows.touches, *(task for task in rows.tasks if task.kind == "task"), *rows.skips):
        moved.update({(link.rule, link.place) for link in row.because if link.delay})
        for link in row.because:
            seconds[link.rule, link.place] += link.delay
    counted: Counter[tuple[str, int]] = Counter()
    summed: Counter[tuple[str, int]] = Counter()
    for key, number in figures.delayed.items():
        counted[key.rule, key.place] += number
        summed[key.rule, key.place] += figures.seconds[key]
    assert counted == moved
    assert +summed == +seconds
