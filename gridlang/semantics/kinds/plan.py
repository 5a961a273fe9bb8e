"""`plan`: one buying process, its period and what it stands on."""

import re
import zoneinfo
from functools import cache

from gridlang.diagnostics.codes import types as codes
from gridlang.schedule import model
from gridlang.semantics.context import Here
from gridlang.semantics.kinds.base import Bound, FieldSpec, Kind
from gridlang.semantics.scope import choose, near, write
from gridlang.semantics.values import DATES, MONEY, Reader, declaration, wrong
from gridlang.syntax import nodes


@cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def _zone(value: nodes.Expression, here: Here) -> str | None:
    if not isinstance(value, nodes.Text):
        return wrong(value, here, 'a time zone, `"Europe/Copenhagen"`')
    try:
        zoneinfo.ZoneInfo(value.value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        meant = near(value.value, sorted(_zones()))
        fixes = write(value.span, f'"{meant}"' if meant else None)
        here.complain(codes.DAYS_OF_UNKNOWN_ZONE.at(value.span, name=value.value, near=meant, fixes=fixes))
        return None
    return value.value


def _word(expects: str) -> Reader:
    def read(value: nodes.Expression, here: Here) -> str | None:
        if isinstance(value, nodes.Reference) and len(value.parts) == 1:
            return value.text
        return value.value if isinstance(value, nodes.Text) else wrong(value, here, expects)

    return Reader(expects, read)


LOCALES = ("en", "da")
"""Those in which gridlang itself speaks."""
_LANGUAGES = {
    **dict.fromkeys(("english", "engelsk"), "en"),
    **dict.fromkeys(("danish", "dansk", "dk"), "da"),
    **dict.fromkeys(("german", "deutsch", "tysk"), "de"),
    **dict.fromkeys(("swedish", "svenska", "svensk"), "sv"),
    **dict.fromkeys(("norwegian", "norsk"), "nb"),
    **dict.fromkeys(("french", "français", "fransk"), "fr"),
    **dict.fromkeys(("spanish", "español", "spansk"), "es"),
    **dict.fromkeys(("dutch", "nederlands", "hollandsk"), "nl"),
}
_CURRENCIES = {
    "kr": ("DKK", "SEK", "NOK"),
    "kroner": ("DKK", "NOK"),
    "kronor": ("SEK",),
    "euro": ("EUR",),
    "€": ("EUR",),
    "pound": ("GBP",),
    "pounds": ("GBP",),
    "£": ("GBP",),
    "dollar": ("USD",),
    "dollars": ("USD",),
    "$": ("USD",),
}


def _locale(value: nodes.Expression, here: Here) -> str | None:
    name: str | None = _word("a language, `da` or `en`").read(value, here)
    if name is None or re.fullmatch(r"[a-z]{2,3}([_-][A-Z]{2})?", name):
        return name
    known = _LANGUAGES.get(name.casefold())
    here.complain(
        codes.UNKNOWN_LOCALE.at(value.span, name=name, fixes=choose(value.span, [known] if known else LOCALES))
    )
    return None


def _currency(value: nodes.Expression, here: Here) -> str | None:
    name = _word("a currency, `DKK`").read(value, here)
    if name is None:
        return None
    if len(name) == 3 and name.isascii() and name.isalpha() and name.isupper():
        return str(name)
    upper = [name.upper()] if len(name) == 3 and name.isascii() and name.isalpha() else ["DKK", "EUR", "USD"]
    fixes = choose(value.span, _CURRENCIES.get(name.casefold().rstrip("."), upper))
    here.complain(codes.UNKNOWN_CURRENCY.at(value.span, name=name, fixes=fixes))
    return None


MOST_YEARS = 10
"""How long a period may be."""


def _period(value: nodes.Expression, here: Here) -> tuple[str, str] | None:
    dates: tuple[str, str] | None = DATES.read(value, here)
    if dates is None:
        return None
    years = int(dates[1][:4]) - int(dates[0][:4])
    if years <= MOST_YEARS:
        return dates
    end = f"{int(dates[0][:4]) + MOST_YEARS}-12-31"
    fixes = choose(value.end.span, [end]) if isinstance(value, nodes.Range) else ()
    here.complain(codes.LONG_PERIOD.at(value.span, years=years, most=MOST_YEARS, end=end, fixes=fixes))
    return None


def _lower(bound: Bound) -> model.Plan | None:
    period = bound.value("period")
    zone, currency = bound.value("timezone"), bound.value("currency")
    if period is None or zone is None or currency is None:
        return None
    return model.Plan(
        **bound.common(),
        starts=period[0],
        ends=period[1],
        timezone=zone,
        locale=bound.value("locale", "en"),
        currency=currency,
        seed=bound.value("seed", bound.name),
        budget=bound.value("budget"),
    )


KIND = Kind(
    "plan",
    "One buying process. A folder holds one plan, and everything in the folder belongs to it.",
    fields=(
        FieldSpec(
            "period",
            Reader(DATES.expects, _period),
            "the first and the last day of the plan, both included",
            required=True,
        ),
        FieldSpec("timezone", Reader('a time zone, `"Europe/Copenhagen"`', _zone), "the plan's clock", required=True),
        FieldSpec(
            "locale",
            Reader("a language, `da` or `en`", _locale, words=("da", "en")),
            "the language of the pages people read",
        ),
        FieldSpec("currency", Reader("a currency, `DKK`", _currency), "in which it counts", required=True),
        FieldSpec("calendar", declaration("calendar"), "its working days and holidays", required=True),
        FieldSpec("journey", declaration("journey"), "the phases a customer goes through", required=True),
        FieldSpec("relations", declaration("relations"), "the levels of the customer's life cycle"),
        FieldSpec("budget", MONEY, "what it may cost; checked, never a brake"),
        FieldSpec("seed", _word("a text"), "what shares and holdouts are drawn by; the plan's name, when left out"),
    ),
    lower=_lower,
)
