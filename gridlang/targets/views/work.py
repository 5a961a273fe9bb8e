"""Work with a date that is known before anybody has answered: media to book, flights to start, texts to write.

A medium is booked `lead` before its flight (R12), a paid one without a lead on the last working day before it. What is
neither paid nor has a lead (a page of one's own) is started on the day, or on the last working day before. A text is
due on the last working day before the first day on which it can be used, or on the day its medium must be booked.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Literal, TypeAlias, assert_never

import attrs

from gridlang.schedule.clock import WorkCalendar
from gridlang.schedule.model import Campaign, Channel, Message, Schedule
from gridlang.schedule.steps import Send, Show, Step, Task
from gridlang.targets.views.first_use import first_days
from gridlang.targets.views.year import Flight, flights

Kind: TypeAlias = Literal["booking", "start", "text"]
Written: TypeAlias = Literal["subject", "body", "script"]
Part: TypeAlias = Literal["draft"] | Written


@attrs.frozen(kw_only=True)
class Work:
    """`first_day`: of the flight, or on which the text can be used first. `missing` says what a text lacks."""

    kind: Kind
    id: str
    due: dt.date
    first_day: dt.date
    campaign: Campaign
    channel: str
    message: str
    place: int
    lead: str | None = None
    budget: str | None = None
    missing: tuple[Part, ...] = ()

    @property
    def team(self) -> str | None:
        """Who does it: the team that owns the campaign."""
        return self.campaign.owner


def stable_id(schedule: Schedule, *parts: str) -> str:
    """The first 20 hex digits of SHA-256 over plan and parts, as R24 makes ids."""
    text = unicodedata.normalize("NFC", "\x1f".join((schedule.plan.name, *parts)))
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def numbered(schedule: Schedule) -> Iterator[tuple[Flight, str]]:
    """Flights with their stable ids: by campaign, step, and which time the step is done."""
    times: Counter[tuple[str, str]] = Counter()
    for flight in flights(schedule):
        key = (flight.campaign.name, flight.show.id)
        times[key] += 1
        yield flight, stable_id(schedule, "flight", *key, str(times[key]))


def dated_work(schedule: Schedule) -> tuple[Work, ...]:
    """All of it by due day, then by id."""
    found = [*_flown(schedule), *_texts(schedule)]
    return tuple(sorted(found, key=lambda work: (work.due, work.first_day, work.kind, work.id)))


# --- media to book, flights to start ---------------------------------------------------------------------------------


def _flown(schedule: Schedule) -> Iterator[Work]:
    calendar, channels = WorkCalendar(schedule.calendar), _channels(schedule)
    for flight, flight_id in numbered(schedule):
        channel = channels.get(flight.show.channel)
        lead = channel.lead if channel else None
        booked = bool(lead or flight.show.budget)
        yield Work(
            kind="booking" if booked else "start",
            id=flight_id,
            due=_booked_by(flight, calendar) if booked else _on_or_before(flight.first, calendar),
            first_day=flight.first,
            campaign=flight.campaign,
            channel=flight.show.channel,
            message=flight.show.message,
            place=flight.show.place,
            lead=lead,
            budget=flight.show.budget,
        )


def _booked_by(flight: Flight, calendar: WorkCalendar) -> dt.date:
    return flight.order_by or calendar.add_workdays(flight.first, -1)


def _on_or_before(day: dt.date, calendar: WorkCalendar) -> dt.date:
    return day if calendar.is_workday(day) else calendar.add_workdays(day, -1)


def _channels(schedule: Schedule) -> dict[str, Channel]:
    return {channel.name: channel for channel in schedule.channels}


# --- texts to write ---------------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Use:
    campaign: Campaign
    step: Send | Show | Task
    due: dt.date
    first_day: dt.date


def _texts(schedule: Schedule) -> Iterator[Work]:
    """A row a message: what all its uses lack, by the first of them."""
    channels = _channels(schedule)
    uses: dict[str | None, list[_Use]] = defaultdict(list)
    for use in _uses(schedule):
        uses[use.step.message].append(use)
    for message in schedule.messages:
        lacking = [(use, lacks) for use in uses[message.name] if (lacks := _lacks(message, use.step, channels))]
        if lacking:
            first = min((use for use, _ in lacking), key=lambda use: (use.due, use.first_day))
            parts = {part for _, lacks in lacking for part in lacks}
            yield Work(
                kind="text",
                id=stable_id(schedule, "text", message.name),
                due=first.due,
                first_day=first.first_day,
                campaign=first.campaign,
                channel=_channel_of(first.step),
                message=message.name,
                place=message.place,
                missing=tuple(part for part in _PARTS if part in parts),
            )


_PARTS: tuple[Part, ...] = ("draft", "subject", "body", "script")


def _uses(schedule: Schedule) -> Iterator[_Use]:
    """Every use of a message with its first day, in order of declaration."""
    calendar = WorkCalendar(schedule.calendar)
    flown = {(flight.campaign.name, flight.show.id): flight for flight in reversed(flights(schedule))}
    for campaign in schedule.campaigns:
        reached = first_days(schedule, campaign)
        for step in campaign.steps:
            if isinstance(step, Send | Show | Task) and step.id in reached:
                flight = flown.get((campaign.name, step.id))
                first = flight.first if flight else reached[step.id]
                due = _booked_by(flight, calendar) if flight else calendar.add_workdays(first, -1)
                yield _Use(campaign=campaign, step=step, due=due, first_day=first)


def _lacks(message: Message, step: Send | Show | Task, channels: dict[str, Channel]) -> tuple[Part, ...]:
    """What is still to be produced before this step can use the message."""
    wording = message.wording
    written: dict[Written, str | None] = {"subject": wording.subject, "body": wording.body, "script": wording.script}
    draft: tuple[Part, ...] = ("draft",) if message.draft else ()
    return (*draft, *(part for part in _needs(step, channels) if not written[part]))


def _needs(step: Send | Show | Task, channels: dict[str, Channel]) -> tuple[Written, ...]:
    """The texts a step cannot do without; what a mass medium or an audience shows is made outside the plan."""
    match step:
        case Task():
            return ("script",)
        case Send():
            personal = [name for name in step.channels if name not in channels or "person" in channels[name].reach]
            if any(_is_mail(name, channels) for name in personal):
                return ("subject", "body")
            return ("body",) if personal else ()
        case Show():
            return ()
        case _:
            assert_never(step)


def _is_mail(name: str, channels: dict[str, Channel]) -> bool:
    return name == "email" or (name in channels and "email" in channels[name].ancestors)


def _channel_of(step: Step) -> str:
    return step.channels[0] if isinstance(step, Send) else step.channel if isinstance(step, Show | Task) else ""
