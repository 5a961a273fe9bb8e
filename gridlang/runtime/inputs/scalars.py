"""Reading one value of each type from a cell, whatever format it came in: text, a JSON value, a column's own type.

A reader gives the value, or `Wrong` with the reason; it never raises. `Clock` turns a moment with an offset into a wall
clock, for values that stand on somebody's clock (R8).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias, TypeVar

import attrs

from gridlang.quantities import Duration, Money
from gridlang.runtime.inputs.tables import Cell

T = TypeVar("T")


@attrs.frozen
class Wrong:
    """Why a cell is no value of its type, in words that follow the cell: "`x` is no whole number"."""

    reason: str
    code: str = "wrong_value"


Zone: TypeAlias = Callable[[dt.datetime], dt.datetime]
"""From an aware moment to somebody's naive wall clock."""

_NUMBER = re.compile(r"[+-]?(\d{1,40}(\.\d{1,40})?|\.\d{1,40})", re.ASCII)
_LOCAL = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s?(Z|[+-]\d\d(?::?\d\d)?)?)?", re.ASCII)
_TIME = re.compile(r"\d\d:\d\d(:\d\d)?", re.ASCII)
_TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def shown(cell: Cell) -> str:
    """The cell as an issue quotes it, at most 60 characters of it."""
    text = str(cell) if not isinstance(cell, bool) else str(cell).lower()
    return text if len(text) <= 60 else text[:57] + "…"


def _wrong(cell: Cell, what: str) -> Wrong:
    return Wrong(f"`{shown(cell)}` is {what}")


def text(cell: Cell) -> str | Wrong:
    """A text; whole numbers and truths are taken as they are written, since ids are often numbers."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | Decimal | dt.date | dt.time):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return Wrong(f"`{shown(cell)}` is no text")


def number(cell: Cell) -> Decimal | None:
    """The exact number, of at most 31 digits before the point and 40 after it; None when it is none."""
    value: Decimal | None = None
    if isinstance(cell, str):
        value = Decimal(cell) if _NUMBER.fullmatch(cell) else None
    elif isinstance(cell, Decimal):
        value = cell
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        value = Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell)
    return value if value is not None and _moderate(value) else None


def _moderate(value: Decimal) -> bool:
    """Whether the number can be written out: `1e999999999` cannot."""
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -40 and value.adjusted() <= 30 and exponent <= 30


def integer(cell: Cell) -> int | Wrong:
    """A whole number of 64 bits; `3.0` is 3, as tables with gaps write it."""
    value = number(cell)
    if value is None or value != value.to_integral_value() or abs(value) >= 2**63:
        return _wrong(cell, "no whole number; write 2")
    return int(value)


def decimal(cell: Cell) -> Decimal | Wrong:
    """`12.50`, exactly; the comma of `12,50` is refused, since in another country it is a thousand."""
    value = number(cell)
    return _wrong(cell, "no number; write 12.50") if value is None else value


def percent(cell: Cell) -> Decimal | Wrong:
    """`10%`, `10 %` or 10: all are ten percent."""
    value = number(cell.removesuffix("%").rstrip() if isinstance(cell, str) else cell)
    return _wrong(cell, "no percentage; write 10%") if value is None else value


def truth(cell: Cell) -> bool | Wrong:
    """true, yes, 1, false, no or 0, in any letters."""
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, int | float | Decimal) and cell in (0, 1):
        return bool(cell)
    known = _TRUTH.get(cell.lower()) if isinstance(cell, str) else None
    return _wrong(cell, "neither true nor false; write true, false, yes, no, 1 or 0") if known is None else known


def money(cell: Cell, currency: str) -> Money | Wrong:
    """`450 DKK`, or a bare number in `currency`; another currency is wrong, since nobody here exchanges."""
    amount, _, written = cell.partition(" ") if isinstance(cell, str) else (cell, "", "")
    value = number(amount)
    if value is None:
        return _wrong(cell, f"no amount of money; write 450 {currency}")
    if written and written.strip() != currency:
        return _wrong(cell, f"not in {currency}; amounts are never exchanged in silence")
    return Money(value, currency)


def date(cell: Cell) -> dt.date | Wrong:
    """`2018-05-01`; a moment at 00:00 without an offset is its date."""
    read = _wall_clock(cell)
    if read is None or read.tzinfo is not None or read.time() != dt.time():
        return _wrong(cell, "no date; write 2018-05-01")
    return read.date()


def moment(cell: Cell) -> dt.datetime | Wrong:
    """Cut to the second: aware where an offset or `Z` is written, else naive; a bare date is its 00:00."""
    read = _wall_clock(cell)
    return (
        _wrong(cell, "no date and time; write 2027-02-01T08:00 or 2027-02-01T08:00:00+01:00") if read is None else read
    )


def date_time(cell: Cell, zone: Zone) -> dt.datetime | Wrong:
    """A naive wall clock; what has an offset is turned to the clock that the value stands on."""
    read = moment(cell)
    return read if isinstance(read, Wrong) or read.tzinfo is None else zone(read)


def date_or_time(cell: Cell, zone: Zone) -> dt.datetime | dt.date | Wrong:
    """A date where only a date is written, else as `date_time`."""
    moment_of_a_column = isinstance(cell, dt.datetime)
    bare = len(cell) == 10 if isinstance(cell, str) else isinstance(cell, dt.date) and not moment_of_a_column
    return date(cell) if bare else date_time(cell, zone)


def _wall_clock(cell: Cell) -> dt.datetime | None:
    if isinstance(cell, dt.datetime):
        return cell.replace(microsecond=0)
    if isinstance(cell, dt.date):
        return dt.datetime(cell.year, cell.month, cell.day)
    found = _LOCAL.fullmatch(cell) if isinstance(cell, str) else None
    if found is None:
        return None
    try:
        return dt.datetime.fromisoformat(f"{found[1]}T{found[2] or '00:00'}{found[3] or ''}")
    except ValueError:
        return None


def time(cell: Cell) -> dt.time | Wrong:
    """A time of day, `09:00` or `09:00:30`."""
    if isinstance(cell, dt.time):
        return cell.replace(microsecond=0, tzinfo=None)
    if isinstance(cell, str) and _TIME.fullmatch(cell):
        try:
            return dt.time.fromisoformat(cell)
        except ValueError:
            pass
    return _wrong(cell, "no time of day; write 09:00")


def duration(cell: Cell) -> Duration | Wrong:
    """`60d`, `2 workdays`: a duration as plans write it."""
    try:
        return Duration.parse(cell) if isinstance(cell, str) and len(cell) < 20 else _wrong(cell, _NO_DURATION)
    except ValueError:
        return _wrong(cell, _NO_DURATION)


_NO_DURATION = "no duration; write 60d or 2 workdays"


def texts(cell: Cell) -> tuple[str, ...] | Wrong:
    """A list of texts: joined by `;` in a cell, or a list."""
    items = [item.strip() for item in cell.split(";")] if isinstance(cell, str) else cell
    read = [text(item) for item in (items if isinstance(items, list) else [items])]
    wrong = next((item for item in read if isinstance(item, Wrong)), None)
    return wrong or tuple(item for item in read if isinstance(item, str) and item)
