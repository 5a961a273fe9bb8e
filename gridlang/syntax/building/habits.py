"""Mistaken tokens that are dates, times and ranges in everyday writing: each is told, and read as what was meant."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from gridlang.diagnostics.codes import syntax as codes
from gridlang.quantities import Duration
from gridlang.source import Source, Span
from gridlang.syntax import nodes as n
from gridlang.syntax.building.leaves import Leaves
from gridlang.syntax.words import VERBS

Tokens = list[tuple[str, Any]]

MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_SPELLINGS = {"mär": "mar", "mai": "maj", "may": "maj", "oct": "okt", "dez": "dec"}
_TO = re.compile(r"[ \t]*(?:[-–—]|\bto\b|\buntil\b|\btill\b|\btil\b|\bbis\b)[ \t]*")
_BEHIND = re.compile(rf"[ \t]*(?:\Z|[\r\n{{}}#,)/]|->|\w+[ \t]*:|(?:{'|'.join(VERBS)}|at|for|else|by|due|within)\b)")
"""What may stand behind a number that lacks its unit; anything else may be the unit."""


class Habits(Leaves):
    """Dates, times and ranges as they are written elsewhere."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.leaves |= {
            "DATE_RANGE": self.date_range,
            "WORDY_DATE": self.wordy_date,
            "CLOCK_RANGE": self.clock_range,
            "HALF_DAY_RANGE": self.half_day_range,
            "HALF_DAY": self.half_day,
            "HOUR_RANGE": self.hour_range,
        }

    # --- dates ---

    def date_range(self, raw: str, span: Span) -> Tokens:
        start, _, end = raw.split()
        return self._range(span, start, end, "DATE")

    def wordy_date(self, raw: str, span: Span) -> Tokens:
        """`1 March 2027`."""
        day, year = re.findall(r"[0-9]+", raw)
        date = written_date(day, re.sub(r"^[0-9]+(?:st|nd|rd|th)?", "", raw), year)
        self.report(codes.DATE_ORDER.at(span, date=date or "2027-03-01", fixes=_writing(span, date)))
        return [("DATE", n.Date(dt.date.fromisoformat(date) if date else dt.date(2000, 1, 1), span))]

    # --- times ---

    def clock_range(self, raw: str, span: Span) -> Tokens:
        start, end = _TO.split(raw)
        return self._range(span, start, end, "TIME")

    def half_day_range(self, raw: str, span: Span) -> Tokens:
        """`9am to 5pm`, `9-5pm`."""
        start, end = _TO.split(raw)
        return self._range(span, clock(start) or start, clock(end) or end, "TIME")

    def half_day(self, raw: str, span: Span) -> Tokens:
        """`9am`."""
        return [("TIME", self._told_time(clock(raw), span))]

    def hour_range(self, raw: str, span: Span) -> Tokens:
        """`20-08` is of hours where a quiet time or opening hours stand, or where it is written with a zero."""
        start, end = _TO.split(raw)
        before = self.source.text[max(0, span.start - 40) : span.start]
        if re.search(r"(?:quiet|hours)\s*:\s*\Z", before) or start[0] == "0" or end[0] == "0":
            return self._range(span, f"{start:0>2}:00", f"{end:0>2}:00", "TIME")
        return self._range(span, start, end, "NUMBER")

    def _range(self, span: Span, start: str, end: str, kind: str) -> Tokens:
        instead = f"{start} .. {end}"
        self.report(codes.RANGE_DASH.at(span, instead=instead, fixes=(codes.replacing(span, instead),)))
        return [(kind, self.leaves[kind](start, span)), ("DOTS", span), (kind, self.leaves[kind](end, span))]

    def _told_time(self, time: str | None, span: Span) -> n.Time:
        self.report(codes.CLOCK_TIME.at(span, instead=time or "09:00", fixes=_writing(span, time)))
        return n.Time(dt.time.fromisoformat(time) if time else dt.time(0), span, impossible=time is None)

    # --- a number that lacks what makes it a time or a duration ---

    def bare_number(self, wanted: str, span: Span) -> n.Time | n.Length | None:
        """`at 9` is 09:00 and `wait 7` probably 7d; None when the number says neither."""
        if not _BEHIND.match(self.source.text, span.end):
            return None
        if wanted == "TIME":
            time = clock(span.text)
            return self._told_time(time, span) if time else None
        if not span.text.isdigit() or len(span.text) > 3:
            return None
        more = ", or with another unit: " + ", ".join(f"`{span.text}{unit}`" for unit in ("min", "h", "w", "mo"))
        days = f"{span.text}d"
        self.report(codes.LOOSE_UNIT.at(span, duration=days, more=more, fixes=(codes.replacing(span, days),)))
        return n.Length(Duration(int(span.text), "d"), span)


def clock(raw: str) -> str | None:
    """`9`, `9.00`, `9am`, `5 pm` as hours and minutes; None when no clock shows that."""
    found = re.fullmatch(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?[ \t]*([ap]m)?", raw.strip().lower())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0) if 1 <= hour <= 12 else 24
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def written_date(day: str, month: str, year: str) -> str | None:
    """`1`, `March`, `2027` as year-month-day; None when there is no such day."""
    name = "".join(letter for letter in month.lower() if letter.isalpha())[:3]
    try:
        return dt.date(int(year), MONTHS.index(_SPELLINGS.get(name, name)) + 1, int(day)).isoformat()
    except ValueError:
        return None


def _writing(span: Span, instead: str | None) -> tuple[Any, ...]:
    return (codes.replacing(span, instead),) if instead else ()
