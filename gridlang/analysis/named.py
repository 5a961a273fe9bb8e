"""The records of a plan by their names, put in order once for all rules."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from gridlang.schedule import steps
from gridlang.schedule.model import Campaign, Channel, Event
from gridlang.semantics.model import Model


def tasks_of(model: Model) -> Iterator[steps.Task]:
    """Every task of the plan, in order of declaration."""
    return model.memory.each_of("tasks", model.schedule.campaigns, (), _tasks)


def _tasks(campaign: Campaign) -> Iterator[steps.Task]:
    return (step for step in campaign.steps if isinstance(step, steps.Task))


def messages_sent(model: Model) -> set[str]:
    """The names of the messages that some step uses."""
    return set(model.memory.each_of("messages", model.schedule.campaigns, (), _messages))


def _messages(campaign: Campaign) -> dict[str, None]:
    using = (step for step in campaign.steps if isinstance(step, steps.Send | steps.Show | steps.Task))
    return dict.fromkeys(step.message for step in using if step.message is not None)


def channels_of_plan(model: Model) -> dict[str, Channel]:
    """The channels, by name."""
    channels = model.schedule.channels
    return model.memory.of("channels by name", (channels,), lambda: {channel.name: channel for channel in channels})


def events_of(model: Model, campaign: Campaign) -> tuple[Event, ...]:
    """The events whose coming a campaign waits for, and those that start from them: each of these is one too."""
    return model.memory.all_of("events of", (campaign, model.schedule.events), partial(_events_of, model, campaign))


def _events_of(model: Model, campaign: Campaign) -> Iterator[Event]:
    families = model.memory.of("families", (model.schedule.events,), partial(_families, model.schedule.events))
    for name in _named(campaign):
        yield from families.get(name, ())


def _families(events: tuple[Event, ...]) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = {}
    for event in events:
        for name in (event.name, *event.ancestors):
            found.setdefault(name, []).append(event)
    return found


def _named(campaign: Campaign) -> Iterator[str]:
    """Events of arms and waits, each once; outcomes of tasks among them, which can be events of the journey."""
    names: dict[str, None] = {}
    for step in campaign.steps:
        if isinstance(step, steps.Ask):
            names |= dict.fromkeys(name for arm in step.arms for name in arm.events)
        elif isinstance(step, steps.Task):
            names |= dict.fromkeys(name for arm in step.arms for name in arm.outcomes)
        elif isinstance(step, steps.WaitFor):
            names[step.event] = None
    yield from names
