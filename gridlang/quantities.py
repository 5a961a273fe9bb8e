"""The quantities that plans are written in: durations, money and the words of the calendar."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, get_args

import attrs

DurationUnit = Literal["min", "h", "d", "w", "mo", "y", "workdays"]
DURATION_UNITS: tuple[DurationUnit, ...] = get_args(DurationUnit)
CalendarUnit = Literal["day", "week", "month", "quarter", "year"]
CALENDAR_UNITS: tuple[CalendarUnit, ...] = get_args(CalendarUnit)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@attrs.frozen
class Duration:
    """An amount of one unit, kept as written: `1mo` is not `30d`, and `2w` counts on the calendar (R9)."""

    amount: int
    unit: DurationUnit

    def __str__(self) -> str:
        if self.unit == "workdays":
            return f"{self.amount} workday" + ("" if self.amount == 1 else "s")
        return f"{self.amount}{self.unit}"

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read `60d` or `2 workdays`; raises ValueError on anything else."""
        found = re.fullmatch(r"(\d+)\s*(min|h|d|w|mo|y|workdays?)", text)
        if not found:
            raise ValueError(f"not a duration: {text!r}")
        unit = found[2]
        return cls(int(found[1]), "workdays" if unit.startswith("workday") else unit)  # type: ignore[arg-type]


@attrs.frozen
class Money:
    """An exact amount in one currency (ISO 4217 letters)."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read `1450000 DKK` or `12.50 EUR`; raises ValueError on anything else."""
        found = re.fullmatch(r"(-?[\d_]+(?:\.\d+)?)\s+([A-Z]{3})", text)
        if not found:
            raise ValueError(f"not an amount of money: {text!r}")
        return cls(Decimal(found[1].replace("_", "")), found[2])


@attrs.frozen
class Rate:
    """`3 per 7d` (rolling: `duration` is set) or `25 per calendar day` (`calendar` is set)."""

    count: int
    duration: Duration | None = None
    calendar: CalendarUnit | None = None

    def __str__(self) -> str:
        return f"{self.count} per " + (f"calendar {self.calendar}" if self.calendar else str(self.duration))

    @classmethod
    def parse(cls, text: str) -> Rate:
        """Read what `str` wrote; raises ValueError on anything else."""
        count, _, per = text.partition(" per ")
        kind, _, unit = per.partition(" ")
        if kind == "calendar" and unit in CALENDAR_UNITS:
            return cls(int(count), calendar=unit)
        return cls(int(count), duration=Duration.parse(per))
