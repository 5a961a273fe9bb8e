"""The contacts of a plan one by one, and how long each is waited for: what rules about patience and work ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache, partial

import attrs

from gridlang.analysis.reach import channels_of
from gridlang.quantities import Duration
from gridlang.schedule import clock, steps, windows
from gridlang.schedule.model import PATIENCE, Campaign, Channel, Schedule
from gridlang.semantics.model import Model


@attrs.frozen(eq=False)
class Contact:
    """A step that contacts one person on a channel."""

    campaign: Campaign
    step: steps.Step
    channel: Channel

    @property
    def patience(self) -> str:
        """The campaign's patience comes before the channel's (R16)."""
        return self.campaign.patience or self.channel.patience or PATIENCE

    @property
    def patience_place(self) -> int:
        """Where the patience is said, or could be."""
        return self.campaign.place if self.campaign.patience else self.channel.place


@lru_cache(maxsize=1)
def contacts_of(model: Model) -> tuple[Contact, ...]:
    """Every contact with one person, in order of declaration; who is put into an audience waits for nothing."""
    channels = {channel.name: channel for channel in model.schedule.channels if "person" in channel.reach}
    ask = partial(_contacts, channels)
    return tuple(model.memory.each_of("contacts", model.schedule.campaigns, (model.schedule.channels,), ask))


def _contacts(channels: dict[str, Channel], campaign: Campaign) -> Iterator[Contact]:
    for step in campaign.steps:
        for name in channels_of(step):
            if name in channels:
                yield Contact(campaign, step, channels[name])


@attrs.frozen(eq=False)
class Waits:
    """How long things last, on the plan's clock and calendar."""

    zone: str
    calendar: clock.WorkCalendar

    @classmethod
    def of(cls, schedule: Schedule) -> Waits:
        return cls(schedule.plan.timezone, clock.WorkCalendar(schedule.calendar))

    def start(self, day: dt.date) -> int:
        return clock.midnight(day, self.zone)

    def after(self, moment: int, length: str) -> int:
        return clock.add(moment, Duration.parse(length), self.zone, self.calendar)

    def opens(self, moment: int, channel: Channel) -> int | None:
        """The first moment not before `moment` at which a channel is open (R14)."""
        opened = windows.next_open(
            moment, self.zone, channel.hours, channel.days, channel.quiet, self.calendar, blackouts=True
        )
        return None if opened is None else opened[0]


def days_of(schedule: Schedule, most: int = 732) -> Iterator[dt.date]:
    """The days of the plan's period, the first two years of it."""
    first, last = (dt.date.fromisoformat(day) for day in (schedule.plan.starts, schedule.plan.ends))
    for number in range(min((last - first).days + 1, most)):
        yield first + dt.timedelta(days=number)
