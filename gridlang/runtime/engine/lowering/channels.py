"""Channels, rules, caps, teams and the calendar as tables (R14, R15, R18)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from gridlang.quantities import Rate
from gridlang.runtime.engine.kernel import layout as k
from gridlang.runtime.engine.lowering.expressions import Expressions
from gridlang.runtime.engine.lowering.tables import CALENDAR_UNITS, Tables, duration
from gridlang.runtime.reference import consent
from gridlang.runtime.reference.prepare import Prepared
from gridlang.runtime.reference.rulebook import ChannelRules
from gridlang.schedule import clock, model, windows

EPOCH = dt.date(1970, 1, 1)


def day_number(day: dt.date) -> int:
    """Days since 1970."""
    return (day - EPOCH).days


def record(fields: dict[int, int], size: int) -> list[int]:
    """A record of named numbers; the others are 0."""
    return [int(fields.get(number, 0)) for number in range(size)]


def flags(tables: Tables, names: Iterable[str], known: Sequence[str]) -> int:
    """A table that says of each known name whether it is among these; -1 when none are named: any is."""
    wanted = set(names)
    return tables.put([name in wanted for name in known]) if wanted else -1


def put_hours(tables: Tables, hours: Iterable[model.Hours]) -> tuple[int, int]:
    """Where windows begin in the tables, and how many there are."""
    found = [(windows.minutes(each.start), windows.minutes(each.end), each.place) for each in hours]
    return tables.put([number for each in found for number in each]), len(found)


def days_of(days: model.Days | None) -> tuple[int, int, int]:
    """Which days, weekdays as bits, place."""
    if days is None:
        return k.D_ANY, 0, 0
    return k.D_WORKDAYS if days.workdays else k.D_WEEKDAYS, sum(1 << day for day in days.weekdays), days.place


def put_calendar(tables: Tables, calendar: model.Calendar) -> None:
    """What is special about a day, from the first such day to the last."""
    work = clock.WorkCalendar(calendar)
    holidays = [dt.date.fromisoformat(each.date) for each in calendar.holidays]
    edges = [
        dt.date.fromisoformat(each)
        for s in (*calendar.closed, *calendar.open, *calendar.blackout)
        for each in (s.start, s.end)
    ]
    special = [*holidays, *edges] or [EPOCH]
    first, last = min(special), max(special)
    days = [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
    stretches = list(calendar.blackout)
    blackouts = [work.blackout(day) for day in days]
    tables.table(
        k.P_CALENDAR,
        [
            sum(1 << day for day in calendar.weekend),
            day_number(first),
            len(days),
            tables.put([work.is_workday(day) for day in days]),
            tables.put([-1 if found is None else stretches.index(found) for found in blackouts]),
            tables.put([n for s in stretches for n in (day_number(dt.date.fromisoformat(s.end)), s.place)]),
        ],
    )


def put_rules(plan: Prepared, tables: Tables, making: Expressions) -> set[int]:
    """The rules of the plan, with when they hold. Gives the numbers of those that may turn without an event."""
    schedule = plan.schedule
    phases = [phase.name for phase in schedule.journey.phases]
    segments = [segment.name for segment in schedule.segments]
    roles = [role.name for role in schedule.roles]
    found: list[int] = []
    for rule in schedule.rules:
        quiet, quiet_n = put_hours(tables, rule.quiet)
        points, points_n = (0, 0) if rule.when is None else making.points(rule.when)
        found += record(
            {
                k.R_PHASES: flags(tables, rule.phases, phases),
                k.R_SEGMENTS: flags(tables, rule.segments, segments),
                k.R_ROLES: sum(1 << roles.index(name) for name in set(rule.roles) & set(roles)) if rule.roles else -1,
                k.R_WHEN: making.optional(rule.when),
                k.R_PLACE: rule.place,
                k.R_QUIET: quiet,
                k.R_QUIET_N: quiet_n,
                k.R_POINTS: points,
                k.R_POINTS_N: points_n,
            },
            k.RULE,
        )
    tables.table(k.P_RULES, found)
    tables.head(k.H_RULES, len(schedule.rules))
    return {number for number in range(len(schedule.rules)) if found[number * k.RULE + k.R_POINTS_N]}


def put_caps(plan: Prepared, tables: Tables) -> None:
    """Caps (R15), and which channels each covers; before them whether it covers one that nobody named."""
    rules = list(plan.schedule.rules)
    names = [channel.name for channel in plan.schedule.channels]
    found: list[int] = []
    covered: list[int] = []
    for cap in plan.caps:
        amount, unit = duration(cap.rate.duration)
        found += record(
            {
                k.Q_COUNT: cap.rate.count,
                k.Q_AMOUNT: amount,
                k.Q_UNIT: unit,
                k.Q_CALENDAR: CALENDAR_UNITS.index(cap.rate.calendar) if cap.rate.calendar else -1,
                k.Q_PLACE: cap.place,
                k.Q_ACCOUNT: cap.per_account,
                k.Q_RULE: -1 if cap.rule is None else next(i for i, r in enumerate(rules) if r is cap.rule.rule),
            },
            k.CAP,
        )
        covered += [cap.channels is None, *(cap.channels is None or name in cap.channels for name in names)]
    tables.table(k.P_CAPS, found)
    tables.head(k.H_CAPS, len(plan.caps))
    tables.table(k.P_CAP_CHANNELS, covered)


def put_channels(plan: Prepared, tables: Tables, making: Expressions, turning: set[int]) -> None:
    """Channels with the rules that hold for them, and which starts from which. `turning`: rules that may turn without
    an event."""
    rules = {id(rule): number for number, rule in enumerate(plan.schedule.rules)}
    found: list[int] = []
    for channel in plan.schedule.channels:
        asked = plan.channels[channel.name]
        of_channel = (*asked.quiet, *asked.forbid, *(cap.rule for cap in asked.caps if cap.rule is not None))
        turns = sorted(turning & {rules[id(rule.rule)] for rule in of_channel})
        found += _channel(plan, tables, making, rules, channel, turns)
    tables.table(k.P_CHANNELS, found)
    names = [channel.name for channel in plan.schedule.channels]
    tables.head(k.H_CHANNELS, len(names))
    tables.table(k.P_CHANNEL_IS, [other in plan.channels[name].names for name in names for other in names])


def _channel(
    plan: Prepared,
    tables: Tables,
    making: Expressions,
    numbers: dict[int, int],
    channel: model.Channel,
    turning: list[int],
) -> list[int]:
    rules = plan.channels[channel.name]
    hours, hours_n = put_hours(tables, channel.hours)
    quiet, quiet_n = put_hours(tables, channel.quiet)
    days, mask, days_place = days_of(channel.days)
    lead, lead_unit = duration(rules.lead)
    patience, patience_unit = duration(rules.patience)
    return record(
        {
            k.C_LEAD: lead,
            k.C_LEAD_UNIT: lead_unit,
            k.C_PATIENCE: patience,
            k.C_PATIENCE_UNIT: patience_unit,
            k.C_PLACE: channel.place,
            k.C_SKIPS: channel.on_cap == "skip",
            k.C_HOURS: hours,
            k.C_HOURS_N: hours_n,
            k.C_DAYS: days,
            k.C_DAYS_MASK: mask,
            k.C_DAYS_PLACE: days_place,
            k.C_QUIET: quiet,
            k.C_QUIET_N: quiet_n,
            k.C_CONSENT: channel.consent is not None,
            k.C_CONSENT_COLUMN: _consent_column(making, rules),
            k.C_ADDRESS_COLUMN: _address_column(making, channel.address),
            k.C_CAPS: tables.put([cap.index for cap in rules.caps]),
            k.C_CAPS_N: len(rules.caps),
            k.C_QUIET_RULES: tables.put([numbers[id(rule.rule)] for rule in rules.quiet]),
            k.C_QUIET_RULES_N: len(rules.quiet),
            k.C_FORBID: tables.put([numbers[id(rule.rule)] for rule in rules.forbid]),
            k.C_FORBID_N: len(rules.forbid),
            k.C_PERSONAL: "person" in channel.reach,
            k.C_AUDIENCE: "audience" in channel.reach,
            k.C_TURNING: tables.put(turning),
            k.C_TURNING_N: len(turning),
        },
        k.CHANNEL,
    )


def _consent_column(making: Expressions, rules: ChannelRules) -> int:
    name = rules.channel.consent
    if name is None:
        return -1
    return making.static_column(
        (("person", name),), lambda view: consent._says_yes(_own(view, name), rules), whole=False
    )


def _own(view: object, name: str) -> object:
    return view.person.attributes.get(name)  # type: ignore[attr-defined]


def _address_column(making: Expressions, name: str | None) -> int:
    """Whether the address is missing; by codes alone, since every person has another."""
    if name is None:
        return -1
    return making.missing_column(name)


def put_teams(plan: Prepared, tables: Tables) -> None:
    """Teams: hours, days and capacity (R18)."""
    found: list[int] = []
    for team in plan.schedule.teams:
        hours, hours_n = put_hours(tables, team.hours)
        days, mask, days_place = days_of(team.days)
        rate = Rate.parse(team.capacity) if team.capacity else None
        amount, unit = duration(rate.duration if rate else None)
        found += record(
            {
                k.G_HOURS: hours,
                k.G_HOURS_N: hours_n,
                k.G_DAYS: days,
                k.G_DAYS_MASK: mask,
                k.G_DAYS_PLACE: days_place,
                k.G_CAPACITY: -1 if rate is None else rate.count,
                k.G_CALENDAR: CALENDAR_UNITS.index(rate.calendar) if rate and rate.calendar else -1,
                k.G_AMOUNT: amount,
                k.G_UNIT: unit,
                k.G_ASKED: rate is not None or bool(team.members),
                k.G_MEMBERS: len(team.members),
                k.G_PLACE: -1 if team.capacity_place is None else team.capacity_place,
            },
            k.TEAM,
        )
    tables.table(k.P_TEAMS, found)
    tables.head(k.H_TEAMS, len(plan.schedule.teams))
