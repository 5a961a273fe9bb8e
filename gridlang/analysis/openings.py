"""When a channel is open: the moments that rules about timing ask for, on the plan's clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from gridlang.schedule import clock, windows
from gridlang.schedule.model import Channel, Schedule
from gridlang.semantics.model import Model


@attrs.frozen(eq=False)
class Openings:
    """The channels of a plan and its calendar."""

    schedule: Schedule
    calendar: clock.WorkCalendar
    channels: dict[str, Channel]

    @classmethod
    def of(cls, schedule: Schedule) -> Openings:
        calendar = clock.WorkCalendar(schedule.calendar)
        return cls(schedule, calendar, {channel.name: channel for channel in schedule.channels})

    def delay(self, name: str, at: dt.datetime) -> int | None:
        """Seconds until a channel opens, on the plan's clock; 0 when it is open, None when it never opens."""
        channel, zone = self.channels[name], self.schedule.plan.timezone
        moment = clock.moment(at, zone)
        opened = windows.next_open(
            moment, zone, channel.hours, channel.days, channel.quiet, self.calendar, blackouts=False
        )
        return None if opened is None else opened[0] - moment

    def days(self, count: int = 28) -> Iterator[dt.date]:
        """The first days of the plan: four weeks show every weekday often enough to tell a holiday from a rule."""
        first = dt.date.fromisoformat(self.schedule.plan.starts)
        return (first + dt.timedelta(days=number) for number in range(count))


def openings_of(model: Model) -> Openings:
    """When the channels of a plan are open."""
    return model.memory.of("openings", (model.schedule.channels,), lambda: Openings.of(model.schedule))
