"""Texts from right to left end what they begin."""

from __future__ import annotations

import pytest

from gridlang.targets.direction import closed

RLO, RLI, PDF, PDI = "\u202e", "\u2067", "\u202c", "\u2069"


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("plain", ""),
        ("العربية", ""),
        (f"{RLO}a", PDF),
        (f"{RLO}a{PDF}", ""),
        (f"{RLO}a{RLI}b", PDI + PDF),
        (f"{RLI}a{RLO}b{PDI}", ""),
        (f"{RLO}{RLO}a{PDF}", PDF),
        (f"a{PDF}{PDI}", ""),
        (f"{RLI}a{PDF}", PDI),
    ],
)
def test_what_is_left_open_is_ended(text: str, ends: str) -> None:
    assert closed(text) == text + ends
    assert closed(closed(text)) == closed(text)
