"""What a bar tells beside itself."""

from __future__ import annotations

import pytest

from gridlang.cli.progress import ACCOUNTS, DAYS, Unit, told


@pytest.mark.parametrize(
    ("done", "total", "rows", "unit", "elapsed", "words"),
    [
        (0, 362 * 86_400, 0, DAYS, 0.0, "0 of 362 days · 0 rows"),
        (123 * 86_400 + 5, 362 * 86_400 - 3_600, 14_203, DAYS, 2.0, "123 of 362 days · 14,203 rows · 7,102 a second"),
        (40_000, 1_000_000, None, ACCOUNTS, 4.0, "40,000 of 1,000,000 accounts · 10,000 a second"),
        (3, 7, None, None, 9.0, ""),
    ],
)
def test_it_tells_how_far_it_is(
    done: int, total: int, rows: int | None, unit: Unit | None, elapsed: float, words: str
) -> None:
    assert told(done, total, rows, unit, elapsed) == words
