"""Which attributes of people a run may ask for their values, beside whether they are missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from gridlang.records import Record
from gridlang.schedule import expressions as ex
from gridlang.schedule.model import Schedule

_WORD = re.compile(r"\w+")


def asked_of_people(schedule: Schedule) -> frozenset[str]:
    """The attributes that stand in an expression, say yes to a channel, or may stand in a template.

    Of an address (R13) a run asks only whether there is one: lists for other systems, which ask for more, are made of
    columns that were read with everything.
    """
    consents = (channel.consent for channel in schedule.channels if channel.consent)
    return frozenset((*consents, *_named(schedule)))


def _named(part: object) -> Iterator[str]:
    """Attributes in the expressions, and words in the templates, of a part of the schedule."""
    if isinstance(part, ex.Attribute):
        yield part.name
    elif isinstance(part, str):
        if "{" in part:
            yield from _WORD.findall(part)
    elif isinstance(part, tuple):
        for each in part:
            yield from _named(each)
    elif isinstance(part, Record):
        for field in attrs.fields(type(part)):  # type: ignore[arg-type]
            yield from _named(getattr(part, field.name))
