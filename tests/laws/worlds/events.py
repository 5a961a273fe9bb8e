"""Events: before the plan begins and during it, many in the same second, and some in answer to what a run did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from gridlang.runtime.rows import Execution, TaskRow, Touch
from gridlang.schedule.model import Event, Field, Schedule
from gridlang.schedule.steps import Ask, Task, WaitFor
from tests.laws.populations import Row
from tests.laws.worlds import cells

DAY = 86_400
_AFTER = (0, 0, 1, 1, 60, 3600, 5 * 3600, DAY, 2 * DAY, 5 * DAY, -1)
"""Seconds between what a run did and the answer."""


@st.composite
def happenings(draw: st.DrawFn, schedule: Schedule, persons: Sequence[Row]) -> list[Row]:
    """Up to 24 events; the moments repeat, so that many fall into one second."""
    first = dt.datetime.fromisoformat(schedule.plan.starts)
    length = (dt.datetime.fromisoformat(schedule.plan.ends) - first).days + 1
    seconds = st.one_of(
        st.integers(-20 * DAY, min(length, 60) * DAY),
        st.integers(-20, min(length, 60)).map(lambda day: day * DAY),
        st.integers(-20 * 48, min(length, 60) * 48).map(lambda half: half * 1800),
    )
    moments = draw(st.lists(seconds, min_size=1, max_size=8))
    rows = []
    for _ in range(draw(st.integers(0, 24))):
        at = first + dt.timedelta(seconds=draw(st.sampled_from(moments)))
        row = draw(_happening(schedule, draw(st.sampled_from(persons))["id"]))
        zulu = draw(st.sampled_from(["", "", "Z"]))
        rows.append({**row, "at": at.isoformat() + zulu})
    return rows


@st.composite
def _happening(draw: st.DrawFn, schedule: Schedule, contact: str) -> Row:
    """An event, or an outcome of a task by its step."""
    tasks = [(f"{c.name}.{s.id}", s) for c in schedule.campaigns for s in c.steps if isinstance(s, Task) and s.arms]
    if tasks and draw(st.integers(0, 5)) == 0:
        name, task = draw(st.sampled_from(tasks))
        return {"contact": contact, "step": name, "outcome": draw(st.sampled_from(_outcomes(task)))}
    event = draw(st.sampled_from(_events(schedule)))
    return {"contact": contact, "event": event.name, **draw(_payload(schedule, event))}


@st.composite
def _payload(draw: st.DrawFn, schedule: Schedule, event: Event) -> Row:
    return {field.name: draw(cells.cell(field, schedule)) for field in carried(schedule, event)}


def carried(schedule: Schedule, event: Event) -> list[Field]:
    declared = {each.name: each for each in schedule.events}
    line = [event, *(declared[name] for name in event.ancestors)]
    return list({field.name: field for each in reversed(line) for field in each.carries}.values())


def _outcomes(task: Task) -> list[str]:
    return [outcome for arm in task.arms for outcome in arm.outcomes]


def _events(schedule: Schedule) -> list[Event]:
    """What the plan listens to, more often than what it does not; consent and contacts by others."""
    heard = {event for edge in schedule.journey.transitions for event in edge.events}
    for campaign in schedule.campaigns:
        heard |= {campaign.starts.event} if campaign.starts and campaign.starts.event else set()
        for step in campaign.steps:
            match step:
                case Ask():
                    heard.update(event for arm in step.arms for event in arm.events)
                case WaitFor():
                    heard.add(step.event)
    derived = {event.name for event in schedule.events if event.when or event.date}
    heard |= {"consent_given", "consent_withdrawn", "contacted"}
    known = [event for event in schedule.events if event.name not in derived]
    return [*known, *(event for event in known if event.name in heard), *(e for e in known if e.name in heard)]


@st.composite
def answers(draw: st.DrawFn, schedule: Schedule, done: Execution, persons: Sequence[Row]) -> list[Row]:
    """Outcomes of tasks that a run handed out, by id or step, and events around what it sent, to the second."""
    made: list[Touch | TaskRow] = [row for row in done.touches if row.contact]
    made += [row for row in done.tasks if row.contact and row.kind == "task"] * 4
    if not made:
        return []
    rows: list[Row] = []
    for _ in range(draw(st.integers(0, 6))):
        row = draw(st.sampled_from(made))
        at = row.due + draw(st.sampled_from(_AFTER))
        answer = draw(_answer(schedule, row))
        rows.append({**answer, "at": dt.datetime.fromtimestamp(at, ZoneInfo("UTC")).isoformat()})
    return rows


@st.composite
def _answer(draw: st.DrawFn, schedule: Schedule, row: Touch | TaskRow) -> Row:
    if not isinstance(row, TaskRow) or draw(cells.SELDOM):
        return draw(_happening(schedule, row.contact))
    named = draw(st.sampled_from([{"task": row.id}, {"task": row.id}, {"step": row.step}]))
    offered = row.outcomes or ("clicked",)
    return {"contact": row.contact, "outcome": draw(st.sampled_from(offered)), **named}
