"""The words of pages: Danish or English by the plan's locale, from gettext catalogues; dates and numbers by Babel.

English is the language of the code, so it needs no catalogue. A language without one is English too, and
`Words.missing` says which it was, for the page to tell.
"""

from __future__ import annotations

import datetime as dt
import pkgutil
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from babel import Locale
    from babel.support import NullTranslations

LANGUAGES = ("da",)
"""The languages that have catalogues: `catalogues/<language>.po` for pages, `library.<language>.po` for the library."""


def phrase(text: str) -> str:
    """Marks a text for the catalogue where it is said later."""
    return text


def phrases(one: str, many: str) -> tuple[str, str]:
    """Marks a text that depends on a number."""
    return one, many


@attrs.frozen(kw_only=True)
class Words:
    """The words of one language. `tag` is its language tag for HTML; `missing` the locale that has no catalogue."""

    tag: str
    locale: Locale = attrs.field(eq=False)
    catalogue: NullTranslations = attrs.field(eq=False, repr=False)
    library: NullTranslations = attrs.field(eq=False, repr=False)
    missing: str | None = None

    def say(self, text: str, /, **values: object) -> str:
        """A text of the catalogue, its `%(name)s` filled in."""
        said: str = self.catalogue.gettext(text)
        return said % values if values else said

    def count(self, one: str, many: str, number: int, /, **values: object) -> str:
        """A text that depends on a number, which `%(number)s` shows."""
        said: str = self.catalogue.ngettext(one, many, number)
        return said % {"number": self.number(number), **values}

    def of_library(self, text: str) -> str:
        """A text of the library, however its lines are broken; one that the catalogue does not have stays English."""
        said: str = self.library.gettext(" ".join(text.split()))
        return said

    def number(self, value: int | Decimal) -> str:
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self.locale)

    def percent(self, value: Decimal) -> str:
        """`value` is in percent."""
        from babel.numbers import format_percent

        return format_percent(value / 100, format=self._percent_pattern(value), locale=self.locale)

    def whole_percent(self, part: int | Decimal, whole: int | Decimal) -> str:
        """`34 %` of a whole, rounded; nothing of nothing."""
        if not whole:
            return ""
        return self.percent((Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(1), ROUND_HALF_UP))

    def _percent_pattern(self, value: Decimal) -> str | None:
        pattern = self.locale.percent_formats[None].pattern
        return None if value == value.to_integral() else str(pattern).replace("#,##0", "#,##0.##", 1)

    def money(self, amount: Decimal, currency: str) -> str:
        """An amount with its currency; a whole amount without decimals."""
        from babel.numbers import format_currency, get_currency_symbol

        pattern = str(self.locale.currency_formats["standard"].pattern)
        if get_currency_symbol(currency, locale=self.locale)[-1].isalpha():
            pattern = pattern.replace("¤#", "¤\xa0#")  # as CLDR asks: letters keep a distance from figures
        if amount == amount.to_integral():
            pattern = pattern.replace(".00", "")
        return format_currency(amount, currency, format=pattern, currency_digits=False, locale=self.locale)

    def date(self, value: dt.date, style: str = "long") -> str:
        """`short`, `medium`, `long` or `full`, or a pattern of Unicode's LDML, `MMMM`."""
        from babel.dates import format_date

        return format_date(value, format=style, locale=self.locale)

    def skeleton(self, value: dt.date, fields: str) -> str:
        """The fields of a date in the language's own order: `MMMd` is `4 Jan` or `4. jan.`"""
        from babel.dates import format_date, format_skeleton

        if set(fields) == {"Q"}:  # a quarter alone has no order, and CLDR lists no skeleton for it
            return format_date(value, format=fields, locale=self.locale)
        return format_skeleton(fields, value, locale=self.locale)

    def time(self, value: dt.time) -> str:
        from babel.dates import format_time

        return format_time(value, format="short", locale=self.locale)

    def weekday(self, number: int) -> str:
        """The name of a weekday in a sentence; 0 is Monday."""
        return str(self.locale.days["format"]["wide"][number])

    def both(self, items: Iterable[str]) -> str:
        """`a, b and c`."""
        return self._list(items, "standard")

    def either(self, items: Iterable[str]) -> str:
        """`a, b or c`."""
        return self._list(items, "or")

    def _list(self, items: Iterable[str], style: Any) -> str:
        from babel.lists import format_list

        return format_list(list(items), style=style, locale=self.locale)


def words_for(locale: str) -> Words:
    """The words for a plan's locale, `da`, `da_DK` or `en-GB`."""
    from babel import Locale
    from babel.support import NullTranslations

    parsed, english = _parsed(locale), NullTranslations()
    if parsed is not None and parsed.language in LANGUAGES:
        pages, library = _catalogue(parsed.language), _catalogue(f"library.{parsed.language}")
        return Words(tag=_tag(parsed), locale=parsed, catalogue=pages, library=library)
    if parsed is not None and parsed.language == "en":
        return Words(tag=_tag(parsed), locale=parsed, catalogue=english, library=english)
    return Words(tag="en", locale=Locale("en"), catalogue=english, library=english, missing=locale)


def _tag(locale: Locale) -> str:
    return str(locale).replace("_", "-")


def _parsed(locale: str) -> Locale | None:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(locale.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return None


@cache
def _catalogue(name: str) -> NullTranslations:
    """A catalogue as gettext reads it, compiled from the words as translators write them."""
    import io

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
    from babel.support import Translations

    written = pkgutil.get_data(__name__, f"catalogues/{name}.po")
    assert written is not None
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(written)))
    compiled.seek(0)
    return Translations(compiled)
