"""Which attributes hold what an advertising system knows people by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import attrs

from gridlang.diagnostics.codes import settings as codes
from gridlang.diagnostics.model import Diagnostic
from gridlang.schedule.model import Schedule
from gridlang.settings import setting
from gridlang.settings.options import Options
from gridlang.settings.reading import near


def _calling_code(value: str) -> str | None:
    return None if re.fullmatch(r"[1-9]\d{0,2}", value) else 'a country\'s calling code without `+`, such as `"45"`'


@attrs.frozen(kw_only=True)
class AudienceOptions(Options):
    """`[targets.google_ads]` and `[targets.meta_ads]`."""

    email: str | None = setting(None, "the attribute with the e-mail address; left out: `email`")
    phone: str | None = setting(None, "the attribute with the telephone number; left out: `mobile`, `phone`")
    first_name: str | None = setting(None, "the attribute with the first name; left out: `first_name`")
    last_name: str | None = setting(None, "the attribute with the last name; left out: `last_name`")
    city: str | None = setting(None, "the attribute with the town; left out: `city`")
    zip: str | None = setting(None, "the attribute with the postal code; left out: `zip`, `postcode`")
    country: str | None = setting(None, "the attribute with the country, two letters; left out: `country`")
    birth: str | None = setting(None, "the attribute with the date of birth; left out: `birth`, `born`")
    calling_code: str | None = setting(None, "the calling code of numbers without one", _calling_code)


CANDIDATES: Mapping[str, tuple[str, ...]] = {
    "email": ("email",),
    "phone": ("mobile", "phone"),
    "first_name": ("first_name",),
    "last_name": ("last_name",),
    "city": ("city",),
    "zip": ("zip", "postcode"),
    "country": ("country",),
    "birth": ("birth", "born"),
}


def attributes(schedule: Schedule, options: AudienceOptions) -> dict[str, str]:
    """By what a system knows people by: the attribute that holds it."""
    declared = {field.name for field in schedule.person_fields}
    found: dict[str, str] = {}
    for key, names in CANDIDATES.items():
        wanted = getattr(options, key)
        for name in (wanted,) if wanted else names:
            if name in declared:
                found.setdefault(key, name)
    return found


def findings(name: str, schedule: Schedule, options: AudienceOptions) -> Iterator[Diagnostic]:
    """Attributes that the plan does not declare, and a list in which nobody could be recognised."""
    declared = [field.name for field in schedule.person_fields]
    for key in CANDIDATES:
        attribute = getattr(options, key)
        if attribute is not None and attribute not in declared:
            listed = ", ".join(f"`{each}`" for each in declared) or "nothing in this plan"
            where, meant = f"targets.{name}.{key}", near(attribute, declared)
            yield codes.UNKNOWN_CHOICE.at(None, key=where, value=attribute, choices=listed, near=meant)
    if not {"email", "phone"} & set(attributes(schedule, options)):
        yield codes.NO_KEY.at(None, name=name)
