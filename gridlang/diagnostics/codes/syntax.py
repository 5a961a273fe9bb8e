"""G01xx: what a text says that no plan can say. Each message gives the way out in the words of the author."""

from __future__ import annotations

from gridlang.diagnostics.model import Code, Edit, Fix, Level
from gridlang.source import Span

ERROR = Level.ERROR

# --- the general case ---

UNEXPECTED = Code("G0101", "unexpected", ERROR, "{found} cannot stand here", help="{expected}")
ENDS_EARLY = Code("G0102", "ends-early", ERROR, "the file ends in the middle of {what}", help="{expected}")

# --- braces and quotes ---

UNCLOSED_TEXT = Code(
    "G0103",
    "unclosed-text",
    ERROR,
    "the {what} that starts here has no closing quote",
    help='add `"` after {after}',
)

# --- words ---

TWICE = Code("G0120", "said-twice", ERROR, "the {words} is given twice", help="keep one")
CHAINED_EDGE = Code("G0121", "chained-edge", ERROR, "one arrow for each edge", help="write {edges}")
NOT_A_TYPE = Code("G0122", "not-a-type", ERROR, "`{words}` is no type", help="a type is one word, such as `Text?`")
BARE_PERIOD = Code(
    "G0123", "bare-period", ERROR, "`per {period}` leaves open which {period} is meant",
    help="write `per calendar {period}`, or a duration that runs along with the clock",
)  # fmt: skip

# --- values ---

UNKNOWN_ESCAPE = Code(
    "G0130", "unknown-escape", ERROR, "`{escape}` means nothing in a text",
    help='the escapes are `\\"` for a quote, `\\\\` for a backslash and `\\n` for a new line',
)  # fmt: skip
LONG_NUMBER = Code("G0131", "long-number", ERROR, "a number has at most {limit} digits")
NO_DAY = Code("G0132", "no-such-day", ERROR, "{month} {year} has {days} days", help="did you mean `{near}`?")
NO_MONTH = Code("G0133", "no-such-month", ERROR, "there is no month {month}", help="dates are year-month-day")
NO_YEAR = Code("G0134", "no-such-year", ERROR, "there is no year 0")
NO_TIME = Code("G0135", "no-such-time", ERROR, "there is no {time} on a clock", help="times run from 00:00 to 24:00")

# --- limits ---

DEEP_BLOCKS = Code("G0190", "too-deep", ERROR, "more than {limit} blocks stand in each other here")
DEEP_EXPRESSION = Code(
    "G0191", "too-long-expression", ERROR, "this expression is nested more than {limit} deep",
    help="name a part of it with `let`",
)  # fmt: skip


def replacing(span: Span, text: str) -> Fix:
    """The way out that writes something else here."""
    return Fix(f"write `{text}`", (Edit(span, text),))
