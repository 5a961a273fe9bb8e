"""Tokens that are values: `"Hej"`, `450 DKK`, `2027-02-28`, and the marks that open something."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from gridlang.diagnostics.codes import syntax as codes
from gridlang.diagnostics.model import Fix
from gridlang.quantities import Duration, Money
from gridlang.source import Source, Span
from gridlang.syntax import nodes as n
from gridlang.syntax.building.base import Base

Leaf = Callable[[str, Span], Any]

ESCAPES = {'\\"': '"', "\\\\": "\\", "\\n": "\n"}
DIGITS = 18
"""More digits than this have no meaning in a plan, and Python would take its time over a million of them."""

YEARS = 200
"""Durations end here, so that no date that is worked out later can leave the calendar."""
A_YEAR = {"min": 525_600, "h": 8_760, "d": 365, "w": 52, "mo": 12, "y": 1, "workdays": 250}


class Leaves(Base):
    """`leaves` tells for each such token what becomes of it."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.leaves: dict[str, Leaf] = {
            "TEXT": self.text,
            "NUMBER": self.number,
            "PERCENT": self.percent,
            "MONEY": self.money,
            "DURATION": self.duration,
            "DATE": self.date,
            "MOMENT": self.moment,
            "TIME": self.time,
            "GENERIC": self.generic_name,
            "LBRACE": self.brace,
            "LPAR": self.deeper,
            "MINUS": self.deeper,
            "NOT": self.deeper,
            "DOC": self.doc_line,
            "REMARK": self.remark,
        }

    def done(self) -> None:
        """Nothing more is read: without the methods of its own that it holds, it goes without a search for garbage."""
        self.leaves.clear()

    def doc_line(self, raw: str, span: Span) -> list[Any]:
        self.pending.append((raw[3:].removeprefix(" ").rstrip(), span))
        return []

    def remark(self, raw: str, span: Span) -> list[Any]:
        self.comments.append(n.Comment(raw[1:].removeprefix(" ").rstrip(), span, self._own_line(span.start)))
        return []

    def _own_line(self, start: int) -> bool:
        """Whether nothing but white space stands before this on its line."""
        text = self.source.text
        while start and text[start - 1] in " \t\ufeff\u200b":
            start -= 1
        return start == 0 or text[start - 1] in "\r\n"

    def brace(self, raw: str, span: Span) -> Span:
        return self.open_block(span)

    def deeper(self, raw: str, span: Span) -> Span:
        return self.open_expression(span)

    def generic_name(self, raw: str, span: Span) -> n.Name:
        self.open_expression(span)
        return n.Name(raw, span)

    def text(self, raw: str, span: Span) -> n.Text:
        return n.Text(raw[1:-1] if "\\" not in raw else self._unescaped(raw[1:-1], span), span)

    def _unescaped(self, raw: str, span: Span) -> str:
        def one(match: re.Match[str]) -> str:
            if match[0] not in ESCAPES:
                start = span.start + 1 + match.start()
                place = self.place(start, start + len(match[0]))
                fixes = (codes.replacing(place, match[0][1:]), codes.replacing(place, f"\\{match[0]}"))
                self.report(codes.UNKNOWN_ESCAPE.at(place, escape=match[0], fixes=fixes))
            return ESCAPES.get(match[0], match[0])

        return re.sub(r"\\.", one, raw)

    # --- numbers ---

    def number(self, raw: str, span: Span) -> n.Number:
        return n.Number(Decimal(self._digits(raw, span)) if "." in raw else int(self._digits(raw, span)), span)

    def percent(self, raw: str, span: Span) -> n.Number:
        number = self.number(raw[:-1].rstrip(), span)
        number.percent = True
        return number

    def money(self, raw: str, span: Span) -> n.Amount:
        number, currency = raw.split()
        return n.Amount(Money(Decimal(self._digits(number, span)), currency), span)

    def duration(self, raw: str, span: Span) -> n.Length:
        number = raw.rstrip("minhdwoyrkas \t")
        duration = Duration.parse(self._digits(number, span) + raw[len(number) :])
        if duration.amount > YEARS * A_YEAR[duration.unit]:
            self.report(codes.LONG_DURATION.at(span, limit=YEARS))
            duration = Duration(YEARS * A_YEAR[duration.unit], duration.unit)
        return n.Length(duration, span)

    def _digits(self, raw: str, span: Span) -> str:
        digits = raw.replace("_", "")
        if len(digits) <= DIGITS:
            return digits
        self.report(codes.LONG_NUMBER.at(span, limit=DIGITS))
        return "1"

    # --- dates and times: an impossible one is told, and the nearest possible one is taken ---

    def date(self, raw: str, span: Span) -> n.Date:
        return n.Date(self._date(raw, span), span)

    def moment(self, raw: str, span: Span) -> n.Moment:
        day, clock = raw.split()
        time, next_day = self._time(clock, span)
        date = self._date(day, span)
        if next_day and date < dt.date.max:
            date += dt.timedelta(days=1)
        return n.Moment(dt.datetime.combine(date, time), span)

    def time(self, raw: str, span: Span) -> n.Time:
        time, midnight_end = self._time(raw, span)
        hour, minute = map(int, raw.split(":"))
        return n.Time(time, span, midnight_end, impossible=(hour, minute) > (24, 0) or minute > 59)

    def _date(self, raw: str, span: Span) -> dt.date:
        year, month, day = map(int, raw.split("-"))
        try:
            return dt.date(year, month, day)
        except ValueError:
            near = _nearest(year, month, day)
        if not 1 <= month <= 12:
            fixes = _swapped(raw, span)
            self.report(codes.NO_MONTH.at(span, month=month, fixes=fixes))
        elif year < 1:
            self.report(codes.NO_YEAR.at(span))
        else:
            days = calendar.monthrange(year, month)[1]
            fixes = (codes.replacing(span, near.isoformat() + span.text[len(raw) :]),)
            month_name = calendar.month_name[month]
            self.report(codes.NO_DAY.at(span, month=month_name, year=year, days=days, near=near, fixes=fixes))
        return near

    def _time(self, raw: str, span: Span) -> tuple[dt.time, bool]:
        """The time, and whether it is the end of the day (24:00)."""
        hour, minute = map(int, raw.split(":"))
        if (hour, minute) == (24, 0):
            return dt.time(0), True
        if hour > 23 or minute > 59:
            possible = f"{hour - 24 if 24 <= hour < 48 else min(hour, 23):02}:{min(minute, 59):02}"
            fixes = (codes.replacing(span, span.text.replace(raw, possible)),)
            self.report(codes.NO_TIME.at(span, time=raw, fixes=fixes))
        return dt.time(min(hour, 23), min(minute, 59)), False


def _swapped(raw: str, span: Span) -> tuple[Fix, ...]:
    """`2027-13-01`: with the day and the month the other way round, if that is a date."""
    year, day, month = raw.split("-")
    try:
        meant = dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ()
    return (codes.replacing(span, meant + span.text[len(raw) :]),)


def _nearest(year: int, month: int, day: int) -> dt.date:
    year, month = max(year, 1), min(max(month, 1), 12)
    return dt.date(year, month, min(max(day, 1), calendar.monthrange(year, month)[1]))
