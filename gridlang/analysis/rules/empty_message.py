"""A message is sent that says nothing.

Why: the customer would get an empty letter.
"""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.analysis.rules.call_is_work import by_hand
from gridlang.diagnostics import Code, Diagnostic, Level, Related
from gridlang.schedule import steps
from gridlang.schedule.model import Message
from gridlang.semantics.model import Model

EMPTY_MESSAGE = Code(
    "G0515",
    "empty-message",
    Level.ERROR,
    "the message `{message}` has neither subject nor body, and is sent here",
    why="the customer would get an empty {channel}",
    help='add `body: "…"` to it ({place}), or mark it `draft: yes` while it is written',
)


def _empty(model: Model, message: Message) -> bool:
    if message.draft or message.wording.subject or message.wording.body:
        return False
    declared = model.scope.own("message").get(message.name)
    return declared is None or id(declared.node) not in model.scope.damaged


def check(model: Model) -> Iterator[Diagnostic]:
    channels = {channel.name: channel for channel in model.schedule.channels}
    personal = {channel.name for channel in model.schedule.channels if "person" in channel.reach}
    messages = {message.name: message for message in model.schedule.messages if _empty(model, message)}
    said: set[str] = set()
    for campaign in model.schedule.campaigns if messages else ():
        for step in campaign.steps:
            if not isinstance(step, steps.Send) or step.message in said or step.message not in messages:
                continue
            if any(by_hand(channels.get(name)) for name in step.channels):
                continue  # a call that is sent is another mistake (L0118): its script is no mail
            if not personal & set(step.channels):
                continue  # who is put into an audience is sent nothing
            message = messages[step.message]
            said.add(step.message)
            place = model.span(message.place)
            channel = model.span(channels[step.channels[0]].place)
            yield EMPTY_MESSAGE.at(
                model.span(step.place),
                message=step.message,
                channel=step.channels[0],
                place=place,
                related=(Related(place, "the message"), Related(channel, "the channel, which reaches persons")),
            )
