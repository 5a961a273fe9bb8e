"""Who watches an execution: told of every arrow of a flowchart that a run takes, and changing nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from gridlang.schedule import steps as st

if TYPE_CHECKING:
    from gridlang.runtime.reference.running import Run

NEXT = "next"
"""The arrow to the following step."""
ELSE = "else"
"""`else` of a send that is skipped, or of a counted arrow that is used up."""
AGAIN = "again"
"""A counted arrow (R22)."""
BODY = "body"
"""Into a `repeat`."""
NOTHING = "nothing"
OVERDUE = "overdue"
OTHERWISE = "otherwise"


class Watch(Protocol):
    """What `execute` tells its watcher."""

    def took(self, campaign: str, step: str, word: str, contact: str, at: int) -> None:
        """The run of a contact through the campaign leaves the step at `at`, by the arrow before which `word` stands.

        `word` is one of the constants here, an event as its arm names it, an outcome, or the number of an arm (from 0)
        of a `choose` or `split`.
        """


def answer(arm: st.EventArm, names: tuple[str, ...]) -> str:
    """The word of an arm that an event with these names took."""
    return next(name for name in arm.events if name in names)


def cut_by(run: Run, now: int) -> str | None:
    """The word of the arm along which the journey's own edge takes a run away in this instant, if it stands at one."""
    if isinstance(run.step, st.Task):
        handout = run.handout
        closed = handout is not None and handout.closed == now and not handout.withdrawn
        offered = handout is not None and any(handout.outcome in arm.outcomes for arm in run.step.arms)
        return handout.outcome if closed and offered and handout is not None else None
    if not isinstance(run.step, st.Ask):
        return None
    happened = [event for event in run.person.account.happened if event.taken]
    mine = [event for event in happened if run.step.of_account or event.person is run.person]
    words = (name for event in mine for arm in run.step.arms for name in arm.events if name in event.names)
    return next(words, None)
