"""Which texts of a schedule are dates, times, durations, rates or money, and how each is written; and which numbers.

Tables for the two who need it: the JSON Schema prints the patterns, and a schedule that is read back is held
against them, so that whoever executes it can take every text at its word.
"""

from __future__ import annotations

import datetime as dt
import decimal
import re
from collections.abc import Callable

import attrs

from gridlang.quantities import Duration, Money, Rate
from gridlang.schedule import clock, expressions, model, steps


@attrs.frozen
class Form:
    """`wanted` names it in a message; `pattern` is how it looks; `read` raises ValueError where looks deceive."""

    wanted: str
    pattern: str
    read: Callable[[str], object]

    def fits(self, text: str) -> bool:
        """Whether a text is of this form."""
        if not re.fullmatch(self.pattern, text, re.ASCII):
            return False
        try:
            self.read(text)
        except (ValueError, ArithmeticError):
            return False
        return True


def _as_written(text: str) -> str:
    return text


def _zone(text: str) -> str:
    if not clock.known_zone(text):
        raise ValueError(text)
    return text


_DAYS = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_SPAN = r"[0-9]+(min|h|d|w|mo|y| workdays?)"
_COUNT = r"[0-9]{1,15}"

DATE = Form("a date, `2027-01-31`", _DAYS, dt.date.fromisoformat)
MOMENT = Form("a date with a time, `2027-01-31T08:00:00`", _DAYS + r"T[0-9:]{8}", dt.datetime.fromisoformat)
DAY_OR_MOMENT = Form(
    "a date, `2027-01-31`, or one with a time, `2027-01-31T08:00:00`",
    _DAYS + r"(T[0-9:]{8})?",
    dt.datetime.fromisoformat,
)
TIME = Form("a time of day, `09:00`", r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?", dt.time.fromisoformat)
HOUR = Form("a time of day, `09:00`, or `24:00`", r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00", _as_written)
DURATION = Form("a duration, `60d` or `2 workdays`", _SPAN, Duration.parse)
REENTRY = Form("`always`, `once` or a duration", rf"always|once|{_SPAN}", _as_written)
RATE = Form(
    "a rate, `3 per 7d` or `25 per calendar day`",
    rf"{_COUNT} per ({_SPAN}|calendar (day|week|month|quarter|year))",
    Rate.parse,
)
MONEY = Form("an amount of money, `450 DKK`", r"-?[0-9]+(\.[0-9]+)? [A-Z]{3}", Money.parse)
ZONE = Form("a time zone, `Europe/Copenhagen`", r"[A-Za-z0-9_+/-]+", _zone)
NUMBER = Form("a whole number", rf"-?{_COUNT}", int)
DECIMAL = Form("a number", r"-?[0-9]+(\.[0-9]+)?", decimal.Decimal)
TRUTH = Form("`true` or `false`", r"true|false", _as_written)
DIGEST = Form("64 hex digits", r"[0-9a-f]{64}", _as_written)

FORMS: dict[type, dict[str, Form]] = {
    model.Plan: {"starts": DATE, "ends": DATE, "timezone": ZONE, "budget": MONEY},
    model.Relation: {"contact_every": DURATION},
    model.Hours: {"start": HOUR, "end": HOUR},
    model.Cap: {"rate": RATE},
    model.Channel: {"patience": DURATION, "lead": DURATION, "cost": MONEY},
    model.Team: {"capacity": RATE},
    model.Holiday: {"date": DATE},
    model.Stretch: {"start": DATE, "end": DATE},
    model.Calendar: {"named": DATE},
    model.Goal: {"within": DURATION},
    model.Campaign: {"reentry": REENTRY, "patience": DURATION},
    model.Kpi: {"aim": RATE},
    model.Story: {"starts": MOMENT},
    model.StoryEvent: {"at": MOMENT},
    model.Expectation: {"at": DAY_OR_MOMENT, "after": DAY_OR_MOMENT, "before": DAY_OR_MOMENT},
    model.SourceFile: {"sha256": DIGEST},
    steps.Send: {"at": TIME, "duration": DURATION},
    steps.Show: {"duration": DURATION, "budget": MONEY},
    steps.Task: {"due": DURATION},
    steps.Wait: {"duration": DURATION},
    steps.WaitUntil: {"days": DATE, "at": TIME},
    steps.WaitFor: {"within": DURATION},
    steps.Ask: {"within": DURATION},
    steps.Repeat: {"every": DURATION, "at": TIME, "start": DATE},
    expressions.Count: {"within": DURATION},
    expressions.Shift: {"duration": DURATION},
}
"""By class and field; where the field holds several texts, each has the form."""

VALUES: dict[str, Form] = {
    "Int": NUMBER,
    "Decimal": DECIMAL,
    "Percent": DECIMAL,
    "Bool": TRUTH,
    "Money": MONEY,
    "Date": DATE,
    "DateTime": MOMENT,
    "Time": TIME,
    "Duration": DURATION,
}
"""How a constant of each type is written; a Text is any."""

BOUNDS: dict[type, dict[str, tuple[int, int]]] = {
    model.Days: {"weekdays": (0, 6)},
    model.Calendar: {"weekend": (0, 6)},
    model.Campaign: {"priority": (0, 100), "holdout": (0, 10_000)},
    steps.ShareArm: {"share": (0, 10_000)},
    steps.WaitUntil: {"weekday": (0, 6)},
    steps.Repeat: {"weekday": (0, 6)},
    steps.Jump: {"times": (0, 1_000_000_000)},
}
"""The least and the most that a whole number can be."""
