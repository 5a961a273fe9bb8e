"""Durations, rates, hours and days in words. They take the texts of a schedule, `60d` or `3 per calendar week`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import assert_never

from gridlang.quantities import CalendarUnit, Duration, DurationUnit, Money, Rate
from gridlang.schedule.model import Days, Hours
from gridlang.targets.words import Words, phrase, phrases


def duration(words: Words, text: str) -> str:
    """`2 workdays` -> `2 arbejdsdage`."""
    parsed = Duration.parse(text)
    return words.count(*_duration_texts(parsed.unit), parsed.amount)


def _duration_texts(unit: DurationUnit) -> tuple[str, str]:
    match unit:
        case "min":
            return phrases("%(number)s minute", "%(number)s minutes")
        case "h":
            return phrases("%(number)s hour", "%(number)s hours")
        case "d":
            return phrases("%(number)s day", "%(number)s days")
        case "w":
            return phrases("%(number)s week", "%(number)s weeks")
        case "mo":
            return phrases("%(number)s month", "%(number)s months")
        case "y":
            return phrases("%(number)s year", "%(number)s years")
        case "workdays":
            return phrases("%(number)s working day", "%(number)s working days")
        case _:
            assert_never(unit)


def every(words: Words, text: str) -> str:
    """`4w` -> `hver 4. uge`."""
    parsed = Duration.parse(text)
    return words.count(*_every_texts(parsed.unit), parsed.amount)


def _every_texts(unit: DurationUnit) -> tuple[str, str]:
    match unit:
        case "min":
            return phrases("every minute", "every %(number)s minutes")
        case "h":
            return phrases("every hour", "every %(number)s hours")
        case "d":
            return phrases("every day", "every %(number)s days")
        case "w":
            return phrases("every week", "every %(number)s weeks")
        case "mo":
            return phrases("every month", "every %(number)s months")
        case "y":
            return phrases("every year", "every %(number)s years")
        case "workdays":
            return phrases("every working day", "every %(number)s working days")
        case _:
            assert_never(unit)


def rate(words: Words, text: str) -> str:
    """`3 per 7d` -> `3 på 7 dage`, `25 per calendar day` -> `25 om dagen`."""
    parsed = Rate.parse(text)
    count = words.number(parsed.count)
    if parsed.calendar:
        return words.say(_calendar_text(parsed.calendar), count=count)
    return words.say("%(count)s in %(duration)s", count=count, duration=duration(words, str(parsed.duration)))


def _calendar_text(unit: CalendarUnit) -> str:
    match unit:
        case "day":
            return phrase("%(count)s a day")
        case "week":
            return phrase("%(count)s a calendar week")
        case "month":
            return phrase("%(count)s a calendar month")
        case "quarter":
            return phrase("%(count)s a quarter")
        case "year":
            return phrase("%(count)s a calendar year")
        case _:
            assert_never(unit)


def money(words: Words, text: str) -> str:
    """`450 DKK` -> `450 kr.`"""
    parsed = Money.parse(text)
    return words.money(parsed.amount, parsed.currency)


def share(words: Words, hundredths: int) -> str:
    """Hundredths of a percent: 5000 -> `50 %`."""
    return words.percent(Decimal(hundredths) / 100)


def clock(words: Words, text: str) -> str:
    """A time of day; `24:00` stays as it is, since no clock shows it."""
    return text if text.startswith("24:") else words.time(dt.time.fromisoformat(text))


def hours(words: Words, ranges: Iterable[Hours]) -> str:
    """`09:00–17:00`."""
    return words.both(f"{clock(words, part.start)}–{clock(words, part.end)}" for part in ranges)


def days(words: Words, open_days: Days) -> str:
    """`arbejdsdage`, `mandag–torsdag` or single weekdays."""
    if open_days.workdays:
        return words.say("working days")
    numbers = sorted(open_days.weekdays)
    if len(numbers) == 7:
        return words.say("every day")
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{words.weekday(numbers[0])}–{words.weekday(numbers[-1])}"
    return words.both(words.weekday(number) for number in numbers)


def date(words: Words, text: str, style: str = "long") -> str:
    """A date or a moment of a schedule."""
    if "T" not in text:
        return words.date(dt.date.fromisoformat(text), style)
    moment = dt.datetime.fromisoformat(text)
    return words.say("%(date)s at %(time)s", date=words.date(moment.date(), style), time=words.time(moment.time()))


def date_range(words: Words, first: str, last: str) -> str:
    """Both days included."""
    return date(words, first) if first == last else f"{date(words, first)} – {date(words, last)}"
