"""Laws over generated plans: a well-typed plan is printed and read back, compiles without an error, and can be run.

The plans are made of nodes (tests/laws/plans_strategy), so that they are right by their making and not by the checker.
`GRID_LAWS=long` tries many more (tests/laws/worlds/profile.py).
"""

from __future__ import annotations

import json
import typing

import attrs
from hypothesis import event, given
from hypothesis import strategies as st

from gridlang.cache import remembered
from gridlang.compiler import compile_plan
from gridlang.diagnostics import Diagnostic, Level
from gridlang.schedule.document import to_json
from gridlang.schedule.model import Schedule
from gridlang.semantics.kinds import kinds
from gridlang.source import Source
from gridlang.syntax import nodes as n
from gridlang.syntax import parse, printing
from tests.laws.checker import check
from tests.laws.plans_strategy import Plan, plans
from tests.laws.worlds import events, people
from tests.laws.worlds.profile import tried
from tests.laws.worlds.world import World, period, run
from tests.rules.plans import Memory
from tests.unit.syntax.reading import everything

NOT_MADE = {"test", "test.starts", "campaign.was", "channel.inbound", "role", "role.decides"}
"""What the generated plans leave to the examples."""


def shown(problem: Diagnostic) -> str:
    line = problem.span.source.line_text(problem.span.line) if problem.span else ""
    return f"{problem.code.id} {problem.message} | {problem.why} | {line.strip()}"


def compiled(text: str) -> Schedule:
    outcome = compile_plan(Memory(text), remembered)
    errors = [shown(problem) for problem in outcome.problems if problem.level is Level.ERROR]
    assert not errors, "\n".join([*errors, text])
    assert outcome.value is not None
    return outcome.value.schedule


@given(plans())
@tried(60)
def test_a_generated_plan_is_printed_and_read_back(plan: Plan) -> None:
    outcome = parse(Source("plan.grid", plan.text))
    assert [shown(problem) for problem in outcome.problems] == []
    assert outcome.value == plan.file
    assert printing.print_file(outcome.value) == plan.text


@given(plans())
@tried(80)
def test_a_well_typed_plan_compiles_without_an_error(plan: Plan) -> None:
    schedule = compiled(plan.text)
    for campaign in schedule.campaigns:
        for step in campaign.steps:
            event(step.verb)


@given(plans(), st.data())
@tried(80)
def test_a_well_typed_plan_runs(plan: Plan, data: st.DataObject) -> None:
    """Invented people and events go in as files; rows come out, each due within the run and of a known step."""
    schedule = compiled(plan.text)
    persons = data.draw(people.people(schedule))
    start, end = period(schedule)
    world = World(
        schedule=schedule,
        persons=persons,
        accounts=data.draw(people.accounts(schedule, persons)),
        events=data.draw(events.happenings(schedule, persons)),
        start=start,
        until=min(end, start + 120 * events.DAY),
    )
    for _ in range(data.draw(st.sampled_from([0, 1]))):
        world = attrs.evolve(
            world, events=[*world.events, *data.draw(events.answers(schedule, run(world).execution, persons))]
        )
    ran = run(world)
    steps = {f"{campaign.name}.{step.id}" for campaign in schedule.campaigns for step in campaign.steps}
    for row in (*ran.execution.touches, *ran.execution.tasks):
        assert start <= row.due < world.until
        assert f"{row.campaign}.{row.step}" in steps
    event("rows" if ran.execution.touches or ran.execution.tasks else "nothing")
    plain = json.loads(to_json(schedule))
    done = {table: ran.rows(table) for table in ("touches", "tasks", "moves")}
    assert (
        check(plain, world.persons, world.events, done["touches"], done["tasks"], done["moves"], world.accounts) == []
    )


def test_the_plans_show_everything() -> None:
    """Between them the generated plans have every verb, every kind and every field of each kind."""
    seen: set[str] = set()

    @given(plans())
    @tried(150)
    def look(plan: Plan) -> None:
        for node in everything(plan.file.declarations):
            seen.add(type(node).__name__)
            if isinstance(node, n.Block):
                seen.update({node.kind.text, *(f"{node.kind.text}.{word}" for word in _fields(node))})

    look()
    verbs = {found.__name__ for found in typing.get_args(n.Statement)} - {"Stray"}
    wanted = {f"{kind.word}.{spec.name}" for kind in kinds().values() for spec in kind.fields}
    missing = (verbs | set(kinds()) | wanted) - seen - NOT_MADE
    assert not missing


def _fields(node: n.Block) -> list[str]:
    return [item.name.text for item in node.items if isinstance(item, n.Field)]
