"""Laws of execution: what holds for every row of every run."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

import pytest
from hypothesis import event, given

from gridlang.quantities import Duration
from gridlang.runtime.rows import AudienceRow, Because, Execution, SkipRow, TaskRow, Touch
from gridlang.schedule import clock
from gridlang.schedule.clock import WorkCalendar
from gridlang.schedule.document import to_json
from gridlang.schedule.model import Campaign, Schedule
from gridlang.schedule.steps import Move, Send
from tests.laws.checker import check
from tests.laws.checking.world import World as CheckedWorld
from tests.laws.standing import check_standing
from tests.laws.waits import check_waits
from tests.laws.worlds.plans import NAMES
from tests.laws.worlds.profile import tried
from tests.laws.worlds.world import EVENTS, Ran, World, run, worlds

WORDS = {
    "ready", "at", "lead", "hours", "days", "quiet", "blackout", "forbid", "cap", "desk", "capacity", "patience",
    "consent", "address", "holdout", "period_over", "event", "move", "entry",
}  # fmt: skip
"""Every rule that a chain may name."""
DELAYING = {"at", "lead", "hours", "days", "quiet", "blackout", "forbid", "cap", "desk", "capacity"}


@pytest.mark.parametrize("name", NAMES)
def test_no_row_breaks_a_rule_or_waits_for_nothing(name: str) -> None:
    """Told by the independent checker: consent, address, windows, caps, capacity (R8, R10, R11 to R18, R24)."""

    @given(worlds(name))
    @tried(10)
    def law(world: World) -> None:
        ran = run(world)
        persons = [row for row in world.persons if row["id"] in {each.id for each in ran.given.contacts}]
        events = [{**dict.fromkeys(EVENTS, ""), **row} for row in world.events]
        made = len(ran.execution.touches) + len(ran.execution.tasks)
        event("made: " + ("nothing" if not made else "a few" if made < 10 else "many"))
        plain = json.loads(to_json(world.schedule))
        tables = (ran.rows("touches"), ran.rows("tasks"), ran.rows("moves"))
        assert check(plain, persons, events, *tables, world.accounts) == []
        touches, tasks, moves = tables
        knows = CheckedWorld(plain, persons, events, moves, world.accounts)
        assert check_waits(knows, touches, tasks, ran.rows("skips")) == []
        placed = (row for name in ("touches", "tasks", "audiences", "skips") for row in ran.rows(name))
        assert check_standing(knows, list(placed)) == []

    law()


@pytest.mark.parametrize("name", NAMES)
def test_what_a_run_says_holds_together(name: str) -> None:
    """No input makes a run raise; every issue has its reason; and the rows agree with each other."""

    @given(worlds(name))
    @tried(10)
    def law(world: World) -> None:
        ran = run(world)
        for holds in (
            issues_have_reasons,
            rows_lie_in_the_run,
            ids_are_unique,
            chains_add_up,
            touches_keep_their_time_and_patience,
            accounts_walk_the_journey,
            tasks_close_in_order,
            audiences_end_after_they_start,
        ):
            holds(world, ran)

    law()


def issues_have_reasons(world: World, ran: Ran) -> None:
    for issue in ran.execution.issues:
        assert issue.reason.strip(), issue
        assert issue.code.isidentifier(), issue
        assert not issue.refused or (issue.file and issue.row), issue


def rows_lie_in_the_run(world: World, ran: Ran) -> None:
    """R27."""
    done = ran.execution
    moments = [row.due for row in done.touches] + [row.due for row in done.tasks]
    moments += [row.start for row in done.audiences] + [row.at for row in done.moves]
    moments += [row.at for row in done.skips if row.reason != "period_over"]
    assert all(world.start <= moment < world.until for moment in moments)


def ids_are_unique(world: World, ran: Ran) -> None:
    """R24: a touch, a task, a person in an audience and a skip are each a visit of a step."""
    done = ran.execution
    rows: list[Touch | TaskRow | AudienceRow | SkipRow] = [*done.touches, *done.tasks, *done.audiences, *done.skips]
    assert len({row.id for row in rows}) == len(rows)
    visits: dict[tuple[str, str, str], list[int]] = {}
    for row in rows:
        visits.setdefault((row.contact, row.campaign, row.step), []).append(row.visit)
    assert all(min(numbers) >= 1 and len(numbers) == len(set(numbers)) for numbers in visits.values())


def chains_add_up(world: World, ran: Ran) -> None:
    """The moment less all delays is when the step was reached: after the account's entry, in a cell it stood in."""
    entered = {row.account: row.at for row in ran.execution.moves if not row.source}
    campaigns = {campaign.name: campaign for campaign in world.schedule.campaigns}
    for row, moment in moments(ran.execution):
        _chain_is_sound(row.because, world.schedule)
        ready = moment - sum(link.delay for link in row.because)
        if row.contact:
            assert entered[row.account] <= ready, row
            _stood_there(ran.execution, campaigns[row.campaign], row.account, ready)
    for move in ran.execution.moves:
        _chain_is_sound(move.because, world.schedule)
        assert sum(link.delay for link in move.because) == 0


def moments(done: Execution) -> Iterator[tuple[Touch | TaskRow | SkipRow, int]]:
    yield from ((row, row.due) for row in done.touches)
    yield from ((row, row.due) for row in done.tasks)
    yield from ((row, row.at) for row in done.skips)


def _chain_is_sound(chain: tuple[Because, ...], schedule: Schedule) -> None:
    assert chain
    for number, link in enumerate(chain):
        assert link.rule in WORDS
        assert 0 <= link.place < len(schedule.places)
        assert link.delay >= 0
        assert link.delay == 0 or link.rule in DELAYING, chain
        assert (link.rule in ("ready", "event", "move", "entry")) == (number == 0), chain


def _stood_there(done: Execution, campaign: Campaign, account: str, ready: int) -> None:
    """R4, R6: a campaign reaches only those who stand in its phase."""
    phases = [move.target for move in done.moves if move.account == account and move.at < ready][-1:]
    phases += [move.target for move in done.moves if move.account == account and move.at == ready]
    assert not campaign.phases or set(phases) & set(campaign.phases), (campaign.name, phases)


def touches_keep_their_time_and_patience(world: World, ran: Ran) -> None:
    """R11: made at the time that the step says. R16: by ready + patience, that moment included, or skipped then."""
    campaigns = {campaign.name: campaign for campaign in world.schedule.campaigns}
    zones = {contact.id: contact.timezone or world.schedule.plan.timezone for contact in ran.given.contacts}
    for touch in ran.execution.touches:
        if touch.contact:
            _keeps_time(touch, campaigns[touch.campaign], zones[touch.contact])
            assert touch.due <= _deadline(world.schedule, touch, touch.due, zones[touch.contact])
    for skip in ran.execution.skips:
        if skip.reason == "patience":
            assert skip.at == _deadline(world.schedule, skip, skip.at, zones[skip.contact])


def _keeps_time(touch: Touch, campaign: Campaign, zone: str) -> None:
    step = next(step for step in campaign.steps if step.id == touch.step)
    if isinstance(step, Send) and step.at:
        day = clock.local(touch.due, zone).date()
        assert touch.due == clock.moment(dt.datetime.combine(day, dt.time.fromisoformat(step.at)), zone)


def _deadline(schedule: Schedule, row: Touch | SkipRow, moment: int, zone: str) -> int:
    """Ready + patience: the campaign's, else the channel's, else 14 days."""
    campaign = next(campaign for campaign in schedule.campaigns if campaign.name == row.campaign)
    channel = next(channel for channel in schedule.channels if channel.name == row.channel)
    ready = moment - sum(link.delay for link in row.because)
    patience = Duration.parse(campaign.patience or channel.patience or "14d")
    return clock.add(ready, patience, zone, WorkCalendar(schedule.calendar))


def accounts_walk_the_journey(world: World, ran: Ran) -> None:
    """R2, R3: an account enters once; then it goes where it is, along edges that exist, by their events or a `move`."""
    edges = {(edge.source, edge.target): edge.events for edge in world.schedule.journey.transitions}
    lineage = {event.name: {event.name, *event.ancestors} for event in world.schedule.events}
    stood: dict[str, str] = {}
    for move in ran.execution.moves:
        assert move.source == stood.get(move.account, ""), move
        stood[move.account] = move.target
        if move.source and move.why.startswith("move "):
            _, campaign, step = move.why.split(" ", 2)
            assert _moves_to(world.schedule, campaign, step) == move.target
        elif move.source:
            carried = {edges[edge] for edge in edges if edge == (move.source, move.target)}
            assert any(set(events) & lineage[move.why] for events in carried), move


def _moves_to(schedule: Schedule, campaign: str, step: str) -> str:
    steps = next(each for each in schedule.campaigns if each.name == campaign).steps
    found = next(each for each in steps if each.id == step)
    assert isinstance(found, Move)
    return found.phase


def tasks_close_in_order(world: World, ran: Ran) -> None:
    """R21: an outcome comes a second or more after the hand-out, and only what is done has one."""
    for row in ran.execution.tasks:
        if row.kind == "notice":
            continue
        assert (row.state == "done") == bool(row.outcome), row
        assert (row.state in ("done", "withdrawn")) == (row.closed is not None), row
        assert row.closed is None or row.closed >= row.due + (row.state == "done"), row
        assert row.deadline is not None, row
        assert row.deadline >= row.due, row
        assert row.state != "overdue" or row.deadline < world.until, row
        team = next(team for team in world.schedule.teams if team.name == row.team)
        assert row.member in (team.members or ("",)), row


def audiences_end_after_they_start(world: World, ran: Ran) -> None:
    for row in ran.execution.audiences:
        assert row.end is None or row.start <= row.end < world.until, row
