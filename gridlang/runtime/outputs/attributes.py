"""Attributes of people as texts, as a list for another system may hold them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from gridlang.runtime.rows import AttributeValue


def texts(attributes: Mapping[str, AttributeValue]) -> dict[str, str]:
    """`true`, `2027-01-31`, `email;phone`: every value as a file of persons may hold it."""
    return {name: _text(value) for name, value in attributes.items()}


def _text(value: AttributeValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ";".join(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)
