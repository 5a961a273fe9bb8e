"""A barrier that no message answers.

Why: we know what holds customers back, and never speak of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.analysis.named import messages_sent
from gridlang.diagnostics import Code, Diagnostic, Level
from gridlang.semantics.model import Model

UNANSWERED_BARRIER = Code(
    "L0103",
    "unanswered-barrier",
    Level.WARNING,
    "no message that is used answers {barrier}",
    why="we know what holds customers back, and never speak of it",
    help="write `answers: {name}` on the message that does{unused}",
)


def check(model: Model) -> Iterator[Diagnostic]:
    used = messages_sent(model)
    own = model.scope.own("barrier")
    for barrier in model.schedule.barriers:
        answers = [message.name for message in model.schedule.messages if barrier.name in message.answers]
        if barrier.name in own and not used & set(answers):
            shown = f'"{barrier.title}" ({barrier.name})' if barrier.title else f"`{barrier.name}`"
            unused = f", or use {' or '.join(f'`{name}`' for name in answers)}" if answers else ""
            yield UNANSWERED_BARRIER.at(model.span(barrier.place), barrier=shown, name=barrier.name, unused=unused)
