"""Durations as ISO 8601, which timers of BPMN take."""

from __future__ import annotations

from typing import assert_never

from gridlang.quantities import Duration


def iso(text: str) -> str:
    """`P5D` of `5d`. Working days BPMN does not know: they become days, and a loss says so."""
    duration = Duration.parse(text)
    match duration.unit:
        case "min":
            return f"PT{duration.amount}M"
        case "h":
            return f"PT{duration.amount}H"
        case "d" | "workdays":
            return f"P{duration.amount}D"
        case "w":
            return f"P{duration.amount}W"
        case "mo":
            return f"P{duration.amount}M"
        case "y":
            return f"P{duration.amount}Y"
        case _:
            assert_never(duration.unit)


def is_exact(text: str) -> bool:
    """Whether ISO 8601 says the same."""
    return Duration.parse(text).unit != "workdays"
