"""Public holidays of a country, resolved once into the schedule (R14).

The `holidays` package knows them; it costs more to import than a whole check, so it is imported only when an answer is
not remembered. Its names follow the machine's language unless told; here the language is always told. Years outside
those that the package covers (for most countries 1900 to 2100) have no holidays.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal, Protocol

import attrs

from gridlang.resources import version_of
from gridlang.schedule.model import Holiday

if TYPE_CHECKING:
    from holidays import HolidayBase


@attrs.frozen
class UnknownPlace:
    """No holidays are known for this country, or for this region of the country; `near` is the code probably meant."""

    kind: Literal["country", "region"]
    name: str
    near: str | None
    known: tuple[str, ...]
    """The codes there are; none for the regions of a country that has none."""


class Remember(Protocol):
    """`gridlang.cache.remembered`, or none: the JSON value of `compute()`, worked out once for a key."""

    def __call__(self, name: str, key: str, compute: Callable[[], Any], /) -> Any: ...


def holidays_of(
    country: str, region: str | None, years: Iterable[int], language: str
) -> tuple[Holiday, ...] | UnknownPlace:
    """The public holidays of the years in a country (`DK`) or a region of it (`BY`), by date.

    No bank days, no half days. Names are in `language` (`da`, `en`) where the package has it, else in English, else in
    the country's own.
    """
    known = _countries()
    if country not in known:
        return UnknownPlace("country", country, _near(country, known), tuple(sorted(set(known.values()))))
    regions = _regions(country)
    if region is not None and region not in regions:
        return UnknownPlace("region", region, _near(region, regions), tuple(sorted(set(regions.values()))))
    return tuple(_listed(country, region, sorted(set(years)), language))


def remembered_holidays(
    country: str, region: str | None, years: Iterable[int], language: str, remember: Remember
) -> tuple[Holiday, ...] | UnknownPlace:
    """The same, asked of `remember` first: by country, region, years, language and the package's version.

    What is remembered in a wrong shape is asked anew.
    """
    years = sorted(set(years))
    key = "\x1f".join((country, region or "", ",".join(map(str, years)), language, version_of("holidays")))
    asked = functools.partial(holidays_of, country, region, years, language)
    found = _from_plain(remember("holidays", key, lambda: _to_plain(asked())))
    return asked() if found is None else found


def _to_plain(found: tuple[Holiday, ...] | UnknownPlace) -> dict[str, Any]:
    if isinstance(found, UnknownPlace):
        return {"unknown": attrs.asdict(found)}
    return {"holidays": [[holiday.date, holiday.name] for holiday in found]}


def _from_plain(plain: Any) -> tuple[Holiday, ...] | UnknownPlace | None:
    try:
        if "unknown" in plain:
            unknown = plain["unknown"]
            return UnknownPlace(unknown["kind"], unknown["name"], unknown["near"], tuple(unknown["known"]))
        return tuple(Holiday(date=_date(date), name=str(name)) for date, name in plain["holidays"])
    except (KeyError, TypeError, ValueError):
        return None


def _date(text: str) -> str:
    return dt.date.fromisoformat(text).isoformat()


def _listed(country: str, region: str | None, years: list[int], language: str) -> Iterator[Holiday]:
    from holidays import PUBLIC, country_holidays

    spoken = _language(country_holidays(country), language)
    days = country_holidays(country, subdiv=region, years=years, expand=False, language=spoken, categories=PUBLIC)
    for date in sorted(days):
        yield Holiday(date=date.isoformat(), name=days[date])


def _language(country: HolidayBase, wanted: str) -> str | None:
    """The language of the package nearest to what the plan speaks (`en` is met by `en_GB`); never the machine's."""
    spoken = sorted(country.supported_languages)
    for language in (wanted.replace("-", "_"), wanted.replace("-", "_").partition("_")[0], "en"):
        found = [each for each in spoken if each == language or each.startswith(f"{language}_")]
        if found:
            return country.default_language if country.default_language in found else found[0]
    return country.default_language


@functools.cache
def _countries() -> dict[str, str]:
    """Codes by every code and English name that stands for them."""
    from holidays.registry import COUNTRIES

    known: dict[str, str] = {}
    for code in COUNTRIES.values():
        known |= {code[1]: code[1], code[2]: code[1]}
    return known


def _regions(country: str) -> dict[str, str]:
    """Regions by code and by name, of a country that is known."""
    from holidays import country_holidays

    found = country_holidays(country)
    return {region: region for region in found.subdivisions} | dict(found.subdivisions_aliases)


def _near(name: str, known: dict[str, str]) -> str | None:
    """The code that was probably meant: another case, an English name, a slip."""
    import difflib

    named = {each.casefold(): code for each, code in known.items()} | _named(known)
    wanted = name.casefold().strip()
    if wanted in named:
        return named[wanted]
    slips = difflib.get_close_matches(wanted, [each for each in named if len(each) > 3], n=1, cutoff=0.75)
    return named[slips[0]] if slips else None


def _named(known: dict[str, str]) -> dict[str, str]:
    """English names of countries (`united kingdom`), when it is countries that are looked for."""
    from holidays.registry import COUNTRIES

    if known is not _countries():
        return {}
    return {name.replace("_", " "): code[1] for name, code in COUNTRIES.items()} | {"uk": "GB", "england": "GB"}
