"""The public holidays of the plan's calendar, for its period and a year on both sides."""

from __future__ import annotations

import attrs

from gridlang.diagnostics import Diagnostic
from gridlang.diagnostics.codes.types import UNKNOWN_COUNTRY
from gridlang.schedule import model
from gridlang.schedule.calendars import Remember, UnknownPlace, remembered_holidays
from gridlang.semantics.kinds.base import Bound
from gridlang.semantics.scope import write


def resolve_holidays(
    calendar: model.Calendar, plan: model.Plan, bound: Bound | None, remember: Remember
) -> model.Calendar:
    """The calendar with its holidays; without a country it has none."""
    if calendar.country is None or bound is None:
        return calendar
    years = range(int(plan.starts[:4]) - 1, int(plan.ends[:4]) + 2)
    found = remembered_holidays(calendar.country, calendar.region, years, plan.locale, remember)
    if isinstance(found, UnknownPlace):
        bound.here.complain(_unknown(calendar, bound, found))
        return calendar
    return attrs.evolve(calendar, holidays=found)


def _unknown(calendar: model.Calendar, bound: Bound, found: UnknownPlace) -> Diagnostic:
    field = bound.fields[found.kind][0]
    what = f'"{calendar.country}"' + (f', region "{found.name}"' if found.kind == "region" else "")
    listed = ", ".join(found.known[:20]) + (" …" if len(found.known) > 20 else "")
    hint = f'did you mean "{found.near}"?' if found.near else f"known are: {listed or 'no regions'}"
    fixes = write(field.values[0].span, f'"{found.near}"' if found.near and field.values else None)
    return UNKNOWN_COUNTRY.at(field.span, what=what, hint=hint, fixes=fixes)
