"""The generated worlds are worth a law: between them they make every sort of row, for every reason."""

from __future__ import annotations

import typing
from collections.abc import Iterator

import attrs
from hypothesis import given

from gridlang.runtime.rows import Execution, TaskRow, Touch
from gridlang.schedule.steps import Step
from tests.laws.worlds.plans import OWN, schedule_of
from tests.laws.worlds.profile import tried
from tests.laws.worlds.world import World, run, worlds

WANTED = {
    "because " + word
    for word in ("at", "lead", "hours", "days", "quiet", "blackout", "cap", "desk", "capacity")
}  # fmt: skip
WANTED |= {f"skip {reason}" for reason in ("consent", "address", "cap", "patience", "holdout", "period_over")}
WANTED |= {f"task {state}" for state in ("done", "overdue", "withdrawn")}
WANTED |= {"notice", "flight", "audience that ends", "audience that goes on", "move by an event", "move by a step"}
WANTED |= {"report order", "report budget", "report contact_every"}
WANTED |= {"issue outcome_unasked", "issue late_outcome", "issue unknown_timezone"}


def test_the_worlds_of_the_laws_show_everything() -> None:
    seen: set[str] = set()

    for name in OWN:

        @given(worlds(name))
        @tried(25)
        def look(world: World) -> None:
            seen.update(_shown(run(world).execution))

        look()
    missing = WANTED - seen
    assert not missing


def _shown(done: Execution) -> Iterator[str]:
    made: list[Touch | TaskRow] = [*done.touches, *done.tasks]
    for row in made:
        yield from (f"because {link.rule}" for link in row.because if link.delay)
        if not row.contact:
            yield "flight"
    for task in done.tasks:
        yield "notice" if task.kind == "notice" else f"task {task.state}"
    for audience in done.audiences:
        yield "audience that goes on" if audience.end is None else "audience that ends"
    for move in done.moves:
        yield "move by a step" if move.why.startswith("move ") else "move by an event"
    yield from (f"skip {row.reason}" for row in done.skips)
    yield from (f"report {row.check}" for row in done.reports)
    yield from (f"issue {issue.code}" for issue in done.issues)


def test_the_plans_of_the_laws_have_every_step() -> None:
    campaigns = [campaign for name in OWN for campaign in schedule_of(name).campaigns]
    verbs = {step.verb for campaign in campaigns for step in campaign.steps}
    assert verbs == {attrs.fields(step).verb.default for step in typing.get_args(Step)}
