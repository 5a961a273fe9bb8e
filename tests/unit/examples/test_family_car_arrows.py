"""family_car's year takes every arrow of every flowchart and of the journey, and no row of it is in vain."""

from __future__ import annotations

import pytest

from gridlang.runtime.rows import Execution
from tests.unit.examples.plans import Arrow, arrows, compiled, tracked


@pytest.fixture(scope="module")
def year() -> tuple[Execution, set[Arrow]]:
    return tracked("family_car")


def test_every_arrow_of_every_flowchart_is_taken(year: tuple[Execution, set[Arrow]]) -> None:
    expected = arrows(compiled("family_car").schedule)
    assert len(expected) >= 40
    assert sorted(expected - year[1]) == []


def test_every_arrow_of_the_journey_is_taken(year: tuple[Execution, set[Arrow]]) -> None:
    """By each event that stands on it, and by `move` where a flowchart moves along it."""
    schedule = compiled("family_car").schedule
    moves = {(row.source, row.target, row.why) for row in year[0].moves}
    for edge in schedule.journey.transitions:
        assert any((edge.source, edge.target) == move[:2] for move in moves), edge
        for event in edge.events:
            assert any(
                (edge.source, edge.target) == (source, target) and _is_also(event, why) for source, target, why in moves
            ), (edge, event)


def _is_also(event: str, why: str) -> bool:
    """Whether the move's reason is that event or one that starts from it."""
    known = {each.name: each.ancestors for each in compiled("family_car").schedule.events}
    return event == why or event in known.get(why, ())


def test_every_row_is_used(year: tuple[Execution, set[Arrow]]) -> None:
    assert year[0].issues == ()
