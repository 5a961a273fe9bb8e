"""Laws of execution: what flowcharts promise and a run's rows show. Worked out here from the schedule's JSON and the
words of the rules, with the checker's own clock."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator

import pytest
from hypothesis import given

from gridlang.schedule.document import to_json
from tests.laws.checker import Made, consent
from tests.laws.checking.clock import Json, later, moment, read_moment
from tests.laws.checking.predicates import Scope, UnsureError, value
from tests.laws.checking.world import Row, World
from tests.laws.standing import reached
from tests.laws.worlds import world as generated
from tests.laws.worlds.plans import NAMES
from tests.laws.worlds.profile import tried
from tests.laws.worlds.world import EVENTS, Ran, run, worlds

Tables = dict[str, list[Row]]


@pytest.mark.parametrize("name", NAMES)
def test_runs_keep_to_their_flowcharts(name: str) -> None:
    @given(worlds(name))
    @tried(5)
    def law(world: generated.World) -> None:
        ran = run(world)
        tables = {name: ran.rows(name) for name in ("touches", "tasks", "audiences", "moves", "skips")}
        known = _known(world, ran, tables["moves"])
        for holds in (
            shares_are_by_bucket,
            holdouts_get_nothing,
            audiences_have_consent_and_an_end,
            starts_are_not_early_and_not_late,
            visits_follow_each_other,
        ):
            holds(known, tables)
        outcomes_close_their_tasks(known, tables, world.events, world.until)

    law()


def _known(world: generated.World, ran: Ran, moves: list[Row]) -> World:
    taken = {contact.id for contact in ran.given.contacts}
    persons = [row for row in world.persons if row["id"] in taken]
    events = [{**dict.fromkeys(EVENTS, ""), **row} for row in world.events]
    return World(json.loads(to_json(world.schedule)), persons, events, moves, world.accounts)


def bucket(world: World, campaign: str, step: str, whom: str) -> int:
    """R20."""
    text = "\x1f".join((world.schedule["plan"]["seed"], campaign, step, whom))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % 10_000


def _rows(tables: Tables, *names: str) -> Iterator[Row]:
    for name in names:
        yield from (row for row in tables[name] if row["contact"])


def shares_are_by_bucket(world: World, tables: Tables) -> None:
    """R20: who gets a touch to which only one arm of a `split` leads has a bucket of that arm."""
    for campaign in world.schedule["campaigns"]:
        for split in (step for step in campaign["steps"] if step["verb"] == "split"):
            low = 0
            for arm in split["arms"]:
                low, high = low + arm["share"], low + arm["share"]
                if _ways_to(campaign, arm["next"]) == 1:
                    _in_share(world, tables, campaign, split, arm["next"], range(low - arm["share"], high))


def _in_share(world: World, tables: Tables, campaign: Json, split: Json, step: str, share: range) -> None:
    for row in _rows(tables, "touches", "tasks", "skips"):
        if (row["campaign"], row["step"]) == (campaign["name"], step):
            assert bucket(world, campaign["name"], split["id"], row["contact"]) in share, row


def _ways_to(campaign: Json, step: str | None) -> int:
    """How many arrows lead to a step."""
    return sum(json.dumps(one).count(json.dumps(step)) for one in campaign["steps"] if one["id"] != step)


def holdouts_get_nothing(world: World, tables: Tables) -> None:
    """R7, R20: the lowest buckets of accounts get one row that says so, and nothing else of that campaign."""
    held = {campaign["name"]: campaign.get("holdout", 0) for campaign in world.schedule["campaigns"]}
    for row in _rows(tables, "touches", "tasks", "audiences", "skips"):
        out = row.get("reason") == "holdout"
        assert not out or held[row["campaign"]]
        if row["account"] and not row["account"].startswith("alone:"):
            assert out == (bucket(world, row["campaign"], "holdout", row["account"]) < held[row["campaign"]]), row


def audiences_have_consent_and_an_end(world: World, tables: Tables) -> None:
    """R13: an audience obeys consent and address; with `for` it is left then, or earlier when the run ends."""
    for row in _rows(tables, "audiences"):
        start, person = _at(world, row["start"]), row["contact"]
        made = Made(row["id"], person, world.account(person), row["channel"], start, row["campaign"], "")
        assert list(consent(world, made, world.channels[row["channel"]])) == []
        step = _step(world, row)
        if step.get("duration") and row["end"]:
            assert _at(world, row["end"]) <= later(start, step["duration"], world.zone(person), world.calendar), row


def starts_are_not_early_and_not_late(world: World, tables: Tables) -> None:
    """R6: a campaign that starts on a date reaches nobody before it; with `D .. E` no run starts after E."""
    campaigns = {campaign["name"]: campaign for campaign in world.schedule["campaigns"]}
    for row in _rows(tables, "touches", "tasks", "audiences", "skips"):
        campaign = campaigns[row["campaign"]]
        starts = campaign.get("starts") or {}
        ready = reached(world, row)
        if starts.get("date"):
            begins = _date(world, row["contact"], starts["date"], ready)
            assert begins is None or ready >= begins, row
        first = campaign["steps"][0]["id"]
        if starts.get("until") and row["step"] == first and _ways_to(campaign, first) == 0:
            ends = _date(world, row["contact"], starts["until"], ready, days=1)
            assert ends is None or ready < ends, row


def _date(world: World, person: str, node: Json, at: dt.datetime, *, days: int = 0) -> dt.datetime | None:
    """A date expression's moment on the person's clock; `days` later where it is a date and no wall clock."""
    try:
        date = value(node, Scope(world, person, at))
    except UnsureError:
        return None
    if date is None or isinstance(date, dt.datetime):
        return date and moment(date, world.zone(person))
    return moment(dt.datetime.combine(date, dt.time()) + dt.timedelta(days=days), world.zone(person))


def visits_follow_each_other(world: World, tables: Tables) -> None:
    """R24: visits of a step are counted in the order in which they were reached."""
    visits: dict[tuple[str, str, str], list[tuple[int, dt.datetime]]] = {}
    for row in _rows(tables, "touches", "tasks", "audiences", "skips"):
        key = (row["contact"], row["campaign"], row["step"])
        visits.setdefault(key, []).append((int(row["visit"]), reached(world, row)))
    for numbered in visits.values():
        in_order = [ready for _, ready in sorted(numbered)]
        assert in_order == sorted(in_order)


def outcomes_close_their_tasks(world: World, tables: Tables, events: list[Row], until: int) -> None:
    """R21: a task's outcome is the first for it, a second or more after the hand-out; before any edge is taken."""
    end = dt.datetime.fromtimestamp(until, dt.UTC)
    for task in tables["tasks"]:
        due = _at(world, task["due"])
        said = [
            (_at(world, row["at"], row["contact"]), row["outcome"])
            for row in events
            if row.get("task") == task["id"] and row.get("outcome")
        ]
        said = [(at, outcome) for at, outcome in said if due < at < end]
        if not said or task["kind"] == "notice":
            continue
        first = min(at for at, _ in said)
        assert task["state"] in ("done", "withdrawn"), task
        closed = _at(world, task["closed"])
        assert closed <= first if task["state"] == "done" else closed < first, task
        if task["state"] == "done" and closed == first and not _named_by_step(world, task, events, first):
            assert task["outcome"] in [outcome for at, outcome in said if at == first], task


def _named_by_step(world: World, task: Row, events: list[Row], at: dt.datetime) -> bool:
    """Whether some outcome of that second names the step instead of the task."""
    mine = [row for row in events if row["contact"] == task["contact"] and row.get("step")]
    return any(_at(world, row["at"], row["contact"]) == at for row in mine)


def _at(world: World, text: str, person: str | None = None) -> dt.datetime:
    read = read_moment(text, world.zone(person) if person else world.plan_zone)
    assert read is not None
    return read


def _step(world: World, row: Row) -> Json:
    campaign = next(one for one in world.schedule["campaigns"] if one["name"] == row["campaign"])
    step: Json = next(one for one in campaign["steps"] if one["id"] == row["step"])
    return step
