"""Generated people, events and rules for a compiled example: the ways in which a run can differ."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence

import attrs
from hypothesis import strategies as st

from gridlang.schedule.model import Campaign, Cap, Channel, Hours, Rule, Schedule, Stretch, Team
from gridlang.schedule.steps import Ask, Repeat, Step, Task, Wait

Row = dict[str, str]

ZONES = ["", "", "", "Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Mars/Base"]
HOUSEHOLDS = [["father"], ["father", "mother"], ["mother"], ["father", "mother", "child"]]
CONSENTS = ["email;phone", "email;phone", "email", "phone", "", "email;phone;sms"]
RATES = ["1 per 2d", "2 per 7d", "1 per 36h", "1 per calendar day", "2 per calendar week", "3 per calendar month"]
EVENTS = ["clicked", "replied", "visited", "declined", "meeting_booked", "test_drive", "ordered", "contacted"]
BEGINNINGS = ["clicked", "clicked", "meeting_booked", "ordered", ""]
"""What brings a household into the plan's flowcharts."""
CONSENT_EVENTS = ["consent_given", "consent_withdrawn"]


@st.composite
def people(draw: st.DrawFn) -> list[Row]:
    """One to four households of family_car, most of them in its segment, of one to three persons."""
    rows: list[Row] = []
    for household in range(draw(st.integers(1, 4))):
        registered = draw(st.sampled_from(["2015-03-01", "2018-05-01", "2021-06-15", ""]))
        for role in draw(
            st.sampled_from([["father"], ["father", "mother"], ["mother"], ["father", "mother", "child"]])
        ):
            rows.append(
                {
                    "id": f"p{len(rows) + 1}",
                    "account": draw(st.sampled_from([f"h{household}"] * 4 + [""])),
                    "first_name": role.title(),
                    "household_role": role,
                    "children": "2",
                    "first_registered": registered,
                    "email": draw(st.sampled_from(["a@example.dk", "a@example.dk", ""])),
                    "mobile": draw(st.sampled_from(["+45 20", "+45 20", ""])),
                    "address": draw(st.sampled_from(["Vej 1", ""])),
                    "consent": draw(st.sampled_from(CONSENTS)),
                    "timezone": draw(st.sampled_from(ZONES)),
                    "since": draw(st.sampled_from(["", "2027-01-20", "2027-02-01T08:00"])),
                    "lease_ends": draw(st.sampled_from(["", "2027-07-01"])),
                }
            )
    return rows


@st.composite
def happenings(draw: st.DrawFn, schedule: Schedule, persons: Sequence[Row]) -> list[Row]:
    """Up to 25 events and outcomes in the first half of the year, on the contacts' clocks."""
    tasks = [(f"{c.name}.{s.id}", s) for c in schedule.campaigns for s in c.steps if isinstance(s, Task)]
    rows = [_row(person, dt.datetime(2027, 2, 1, 8), draw(st.sampled_from(BEGINNINGS))) for person in persons]
    for _ in range(draw(st.integers(0, 25))):
        at = dt.datetime(2027, 1, 1) + dt.timedelta(minutes=draw(st.integers(0, 180 * 24 * 60)))
        row = _row(draw(st.sampled_from(persons)), at, "")
        kind = draw(st.integers(0, 3))
        if kind == 0:
            row["step"], task = draw(st.sampled_from(tasks))
            row["outcome"] = draw(st.sampled_from([outcome for arm in task.arms for outcome in arm.outcomes]))
        elif kind == 1:
            row["event"] = draw(st.sampled_from(CONSENT_EVENTS))
            row["channel"] = draw(st.sampled_from(["email", "phone", "all", ""]))
        else:
            row["event"] = draw(st.sampled_from(EVENTS))
            row["channel"] = draw(st.sampled_from(["email", "phone"])) if row["event"] == "contacted" else ""
        rows.append(row)
    return [row for row in rows if row["event"] or row["outcome"]]


def _row(person: Row, at: dt.datetime, event: str) -> Row:
    return {"contact": person["id"], "at": at.isoformat(), "event": event, "channel": "", "outcome": "", "step": ""}


@st.composite
def rules(draw: st.DrawFn, schedule: Schedule) -> Schedule:
    """The plan with other caps, quiet hours, blackouts and capacities, and with haste, so that caps are run into."""
    closed = (Stretch(start="2027-03-22", end="2027-03-29", name=None, place=0),)
    return attrs.evolve(
        schedule,
        rules=tuple(draw(_rule(rule)) for rule in schedule.rules),
        channels=tuple(draw(_channel(channel)) for channel in schedule.channels),
        teams=tuple(draw(_team(team)) for team in schedule.teams),
        campaigns=tuple(draw(_campaign(campaign)) for campaign in schedule.campaigns),
        calendar=attrs.evolve(schedule.calendar, blackout=draw(st.sampled_from([(), closed]))),
    )


@st.composite
def _rule(draw: st.DrawFn, rule: Rule) -> Rule:
    cap = Cap(
        rate=draw(st.sampled_from(RATES)),
        place=rule.place,
        channels=draw(st.sampled_from([(), (), ("email", "phone")])),
        per_account=draw(st.booleans()),
    )
    lunch = (Hours(start="12:00", end="13:30", place=rule.place),)
    return attrs.evolve(rule, cap=cap, quiet=draw(st.sampled_from([(), lunch])))


@st.composite
def _channel(draw: st.DrawFn, channel: Channel) -> Channel:
    cap = Cap(rate="1 per 3d", place=channel.place, channels=(channel.name,))
    return attrs.evolve(
        channel,
        on_cap=draw(st.sampled_from(["wait", "wait", "skip"])),
        cap=draw(st.sampled_from([channel.cap, channel.cap, cap])),
        patience=draw(st.sampled_from([channel.patience, "2d", "60d"])),
    )


@st.composite
def _team(draw: st.DrawFn, team: Team) -> Team:
    few = attrs.evolve(team, capacity="1 per calendar day", capacity_place=team.place)
    return draw(st.sampled_from([team, few]))


@st.composite
def _campaign(draw: st.DrawFn, campaign: Campaign) -> Campaign:
    """The same flow, hastier: waits of hours, newsletters every day."""
    haste = draw(st.booleans())
    return attrs.evolve(campaign, steps=tuple(map(_hastened, campaign.steps))) if haste else campaign


def _hastened(step: Step) -> Step:
    match step:
        case Wait():
            return attrs.evolve(step, duration="3h")
        case Ask():
            return attrs.evolve(step, within="1d")
        case Repeat():
            return attrs.evolve(step, every="1d")
        case _:
            return step


def as_csv(rows: Sequence[Row], header: Sequence[str]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, header)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def as_rows(content: bytes) -> list[Row]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))
