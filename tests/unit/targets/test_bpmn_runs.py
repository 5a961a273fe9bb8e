"""A process engine that we did not write takes the ways of the reference interpreter when it gets the same answers."""

from __future__ import annotations

import os
from functools import cache

import attrs
import pytest
from hypothesis import HealthCheck, given, settings

pytest.importorskip("SpiffWorkflow", reason="SpiffWorkflow is missing, so no process was run: pip install -e .[dev]")

from gridlang.schedule.steps import Ask, Choose, Jump, Repeat, Split, Task, WaitFor, WaitUntil
from tests.laws.worlds.plans import OWN, schedule_of
from tests.laws.worlds.world import World, run, worlds
from tests.unit.examples.plans import compiled, executed
from tests.unit.targets.engine import Answer, Player, Processes, StuckError, Witnessed

EXAMPLES = {"family_car": 30, "holiday_trip": 50, "canteen_dishwasher": 200, "record_shop": 100}
"""How many different ways the people of each example go, at least."""


@cache
def processes(name: str) -> Processes:
    return Processes.of(compiled(name).schedule if name in EXAMPLES else schedule_of(name))


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_way_of_the_examples(name: str) -> None:
    ways = processes(name).check(lambda: executed(name))
    assert len(ways) >= EXAMPLES[name]
    walked = {way.campaign for way in ways if way.answers}
    assert {campaign.name for campaign in compiled(name).schedule.campaigns} - walked <= {"decibels", "fleet_letters"}


@pytest.mark.parametrize("name", OWN)
def test_every_way_of_generated_answers(name: str) -> None:
    """Plans that have every sort of step, with generated people, events and outcomes."""
    seen: list[Witnessed] = []

    @given(worlds(name, ruled=False))
    @settings(
        max_examples=400 if os.environ.get("GRID_LAWS") else 12,
        derandomize=True,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    def go(world: World) -> None:
        seen.extend(Processes(processes(name).engines, processes(name).looks_at).check(lambda: run(world)))

    go()
    assert sum(len(way.answers) for way in seen) > 20


def test_between_them_they_try_every_sort_of_decision() -> None:
    plans = [compiled(name).schedule for name in EXAMPLES] + [schedule_of(name) for name in OWN]
    kinds = {type(step) for plan in plans for campaign in plan.campaigns for step in campaign.steps}
    assert {Ask, Choose, Jump, Repeat, Split, Task, WaitFor, WaitUntil} <= kinds


INVITED = [Answer("invite", "next"), Answer("ask:Booker han selv et møde?", "nothing")]


def way(*outcomes: str, then: tuple[Answer, ...] = ()) -> list[str]:
    """The steps of `invite_to_meeting` when the calls end so."""
    calls = [
        each
        for outcome in outcomes
        for each in (
            [Answer("call", outcome), Answer("call.wait1", "next"), Answer("call.jump1", "")]
            if outcome == "no_answer"
            else [Answer("call", outcome)]
        )
    ]
    engine = processes("family_car").engines["invite_to_meeting"]
    with pytest.MonkeyPatch.context() as patch:
        from tests.unit.targets.engine import clocked

        clocked(patch)
        return Player(engine, [*INVITED, *calls, *then]).play().entered


def test_the_engine_counts_by_itself() -> None:
    """R22: the fourth call in vain ends in the pool; and after an invitation that leads back, it counts anew."""
    three = way("no_answer", "no_answer", "no_answer", "meeting_booked")
    assert three[-1] == "call.move1"
    four = way(*["no_answer"] * 4, then=(Answer("pool", "next"), Answer("invite", "next")))
    assert four[-3:] == ["pool", "invite", "ask:Booker han selv et møde?"]
    again = (Answer("pool", "next"), *INVITED)
    calls = [Answer("call", "no_answer"), Answer("call.wait1", "next"), Answer("call.jump1", "")]
    assert way(*["no_answer"] * 4, then=(*again, *calls, *calls, *calls, Answer("call", "not_now")))[-1] == "call.move2"


def test_the_witness_can_fail() -> None:
    """An answer that the process does not know, or another way than it takes, is seen."""
    other = processes("family_car")
    wrong = [*INVITED, Answer("call", "no_time"), Answer("call.wait1", "next")]
    with pytest.MonkeyPatch.context() as patch:
        from tests.unit.targets.engine import clocked

        clocked(patch)
        with pytest.raises((StuckError, AssertionError)):
            other._go(Witnessed("invite_to_meeting", wrong))
        with pytest.raises(AssertionError):
            other._go(Witnessed("invite_to_meeting", [attrs.evolve(INVITED[0])], ended=True))


def test_who_leaves_the_cell_ends_what_goes_round() -> None:
    """R4: `left` ends an endless series; without it, it goes on."""
    from SpiffWorkflow.bpmn import BpmnWorkflow

    from tests.unit.targets.engine import Clock, clocked

    engine = processes("family_car").engines["stay_in_touch"]
    for left in (False, True):
        with pytest.MonkeyPatch.context() as patch:
            clocked(patch)
            workflow = BpmnWorkflow(engine.spec)
            workflow.data["player"] = Player(engine, [])
            workflow.do_engine_steps()
            for task in workflow.get_tasks():
                task.data["left"] = left
            Clock.ahead()
            workflow.refresh_timers()
            workflow.do_engine_steps()
            assert workflow.is_completed() is left
