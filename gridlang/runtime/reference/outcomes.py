"""R21: outcomes of tasks."""

from __future__ import annotations

from gridlang.runtime.reference.handouts import Handout
from gridlang.runtime.reference.people import Person
from gridlang.runtime.reference.running import Run
from gridlang.runtime.reference.world import World
from gridlang.runtime.rows import Happening, Issue


def close(world: World, person: Person, row: Happening, now: int) -> Run | None:
    """R21: the first outcome, a second or more after the hand-out, closes the task. Gives the run that asked.

    A later one is only its event, or an issue; one that nobody asked for is an issue.
    """
    handouts = _meant(world, person, row, now)
    handout = next((each for each in handouts if each.open), None)
    if handout is not None:
        handout.outcome, handout.closed = row.outcome or "", now
        run = handout.run
        if run is not None:
            run.stirred = True
            _check_offered(world, row, handout)
        return run
    if not handouts or row.outcome not in world.plan.events:
        _refuse(world, person, row, handouts)
    return None


def _meant(world: World, person: Person, row: Happening, now: int) -> list[Handout]:
    """The tasks that a row can mean, as they compete (R17): by id, or by this contact and the step."""
    handouts = (each for each in person.account.handouts.values() if each.row.contact == person.id)
    found = [each for each in handouts if each.row.due < now and _names(world, row, each)]
    return sorted(found, key=lambda each: each.key)


def _names(world: World, row: Happening, handout: Handout) -> bool:
    if row.task is not None:
        return row.task == handout.row.id
    if row.step is None:
        return False
    campaign, step = handout.row.campaign, handout.row.step
    label = world.plan.label_of(campaign, step)
    return row.step in {step, label, f"{campaign}.{step}", f"{campaign}.{label}"}


def _check_offered(world: World, row: Happening, handout: Handout) -> None:
    """An outcome that the task does not offer closes it all the same, and is told."""
    if handout.row.outcomes and row.outcome not in handout.row.outcomes:
        offered = ", ".join(handout.row.outcomes)
        _issue(world, row, "unknown_outcome", f"the task {handout.row.step} offers {offered}, not {row.outcome}", False)


def _refuse(world: World, person: Person, row: Happening, handouts: list[Handout]) -> None:
    named = row.task or row.step or ""
    if handouts:
        reason = f"outcome {row.outcome} of {named} came after the task was closed, and is no event"
        _issue(world, row, "late_outcome", reason, True)
    else:
        reason = f"nobody asked {person.id} for {named}: no such task was handed out before this"
        _issue(world, row, "outcome_unasked", reason, row.outcome not in world.plan.events)


def _issue(world: World, row: Happening, code: str, reason: str, refused: bool) -> None:
    world.record.issues.append(
        Issue(
            code=code,
            reason=reason,
            file=row.origin.file,
            row=row.origin.row,
            line=row.origin.line,
            contact=row.contact,
            at=row.at,
            refused=refused,
        )
    )
