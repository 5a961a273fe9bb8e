"""What `wait until` waits for: a weekday, a named day of the calendar, or a date."""

from __future__ import annotations

from typing import Any

from gridlang.diagnostics import Edit, Fix
from gridlang.diagnostics.codes import flows as codes
from gridlang.quantities import WEEKDAYS
from gridlang.semantics.context import Here
from gridlang.semantics.predicates import date
from gridlang.semantics.scope import near
from gridlang.semantics.typed import attribute_type
from gridlang.syntax import nodes


def read_day(value: nodes.Expression, here: Here) -> dict[str, Any] | None:
    """The fields of a `WaitUntil` step; None after saying what is wrong."""
    if isinstance(value, nodes.Reference):
        if value.text in WEEKDAYS:
            return {"weekday": WEEKDAYS.index(value.text)}
        if value.text in here.context.named_days:
            return {"days": here.context.named_days[value.text]}
        if _is_unknown(value, here):
            _unknown(value, here)
            return None
    when = date(value, here)
    return None if when is None else {"when": when}


def _is_unknown(value: nodes.Reference, here: Here) -> bool:
    words = tuple(part.text for part in value.parts)
    return attribute_type(words, here) is None and here.context.scope.find("let", words, here.home) is None


def _unknown(value: nodes.Reference, here: Here) -> None:
    named = list(here.context.named_days)
    meant = near(value.text, [*WEEKDAYS, *named, *here.context.person_fields])
    hint = (
        f"did you mean `{meant}`?" if meant else "name a day in the calendar: `day black_friday { dates: 2027-11-26 }`"
    )
    fixes = (Fix(f"write `{meant}`", (Edit(value.span, meant),)),) if meant else ()
    here.complain(codes.UNKNOWN_DAY.at(value.span, name=value.text, hint=hint, fixes=fixes))
