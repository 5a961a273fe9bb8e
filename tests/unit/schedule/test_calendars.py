"""Public holidays: which, in whose words, and asked only once (R14)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from gridlang.schedule.calendars import UnknownPlace, holidays_of, remembered_holidays
from gridlang.schedule.model import Holiday


def found(country: str, region: str | None, years: list[int], language: str) -> dict[str, str]:
    days = holidays_of(country, region, years, language)
    assert not isinstance(days, UnknownPlace)
    return {day.date: day.name for day in days}


def test_denmark_2027() -> None:
    assert found("DK", None, [2027], "da") == {
        "2027-01-01": "Nytårsdag",
        "2027-03-25": "Skærtorsdag",
        "2027-03-26": "Langfredag",
        "2027-03-28": "Påskedag",
        "2027-03-29": "Anden påskedag",
        "2027-05-06": "Kristi himmelfartsdag",
        "2027-05-16": "Pinsedag",
        "2027-05-17": "Anden pinsedag",
        "2027-12-25": "Juledag",
        "2027-12-26": "Anden juledag",
    }


def test_great_prayer_day_is_gone_from_2024() -> None:
    days = found("DK", None, [2023, 2024], "da")
    assert "2023-05-05" in days
    assert "2024-04-26" not in days


def test_a_region_has_its_own_days() -> None:
    assert "2027-01-06" not in found("DE", None, [2027], "de")
    assert found("DE", "BY", [2027], "de")["2027-01-06"] == "Heilige Drei Könige"
    assert "2027-03-29" in found("GB", "ENG", [2027], "en")


@pytest.mark.parametrize(
    ("country", "language", "good_friday"),
    [("DK", "da", "Langfredag"), ("DK", "en", "Good Friday"), ("DK", "fi", "Good Friday"), ("SE", "sv", "Långfredagen"),
     ("GB", "en-GB", "Good Friday"), ("DE", "da", "Good Friday")],
)  # fmt: skip
def test_names_are_in_the_plans_language_else_in_english(country: str, language: str, good_friday: str) -> None:
    assert found(country, None, [2027], language)["2027-03-26"] == good_friday


def test_the_machines_language_changes_nothing() -> None:
    ask = (
        "from gridlang.schedule.calendars import holidays_of;"
        "print([holidays_of(c, None, [2027], l) for c in ('DK', 'SE', 'DE', 'US') for l in ('da', 'xx')])"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", ask],
            env={**os.environ, "LANG": lang, "LANGUAGE": lang, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for lang in ("th_TH.UTF-8", "uk_UA.UTF-8", "C")
    ]
    assert told[0] == told[1] == told[2]


@pytest.mark.parametrize(
    ("country", "region", "kind", "near"),
    [
        ("Denmark", None, "country", "DK"),
        ("dk", None, "country", "DK"),
        ("UK", None, "country", "GB"),
        ("Germny", None, "country", "DE"),
        ("Atlantis", None, "country", None),
        ("", None, "country", None),
        ("DE", "bayern", "region", "BY"),
        ("DE", "Sachsen-Anhallt", "region", "ST"),
        ("DK", "Fyn", "region", None),
    ],
)
def test_an_unknown_place_is_an_answer_with_the_nearest(
    country: str, region: str | None, kind: str, near: str | None
) -> None:
    answer = holidays_of(country, region, [2027], "da")
    assert isinstance(answer, UnknownPlace)
    assert (answer.kind, answer.name, answer.near) == (kind, region or country, near)
    assert near is None or near in answer.known


class Memory:
    """A cache of the tests: what was kept, as JSON values by key."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    def __call__(self, name: str, key: str, compute: Callable[[], Any], /) -> Any:
        if (name, key) not in self.kept:
            self.kept[name, key] = compute()
        return self.kept[name, key]


def test_it_is_asked_once_and_by_all_that_it_depends_on() -> None:
    memory = Memory()
    first = remembered_holidays("DK", None, [2027, 2026, 2027], "da", memory)
    assert (
        first
        == holidays_of("DK", None, [2026, 2027], "da")
        == remembered_holidays("DK", None, [2026, 2027], "da", memory)
    )
    assert len(memory.kept) == 1
    remembered_holidays("DK", None, [2027], "da", memory)
    remembered_holidays("DK", None, [2027], "en", memory)
    remembered_holidays("DE", None, [2027], "de", memory)
    remembered_holidays("DE", "BY", [2027], "de", memory)
    assert len(memory.kept) == 5


def test_an_unknown_place_is_remembered_too() -> None:
    memory = Memory()
    answers = [remembered_holidays("Denmark", None, [2027], "da", memory) for _ in range(2)]
    assert answers[0] == answers[1] == holidays_of("Denmark", None, [2027], "da")


@pytest.mark.parametrize(
    "broken", [None, 3, [], {}, {"holidays": [["tomorrow", "x"]]}, {"holidays": 1}, {"unknown": 7}]
)
def test_what_is_remembered_wrongly_is_asked_anew(broken: Any) -> None:
    days = remembered_holidays("DK", None, [2027], "da", lambda name, key, compute: broken)
    assert days == holidays_of("DK", None, [2027], "da")


def test_the_remembered_way_does_not_import_the_package() -> None:
    ask = (
        "import sys; from gridlang.schedule.calendars import remembered_holidays;"
        "days = remembered_holidays('DK', None, [2027], 'da', lambda n, k, c: {'holidays': [['2027-01-01', 'Nytår']]});"
        "assert days[0].name == 'Nytår' and not {'holidays', 'cattrs'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", ask], check=True)


def test_holidays_stand_in_the_order_of_their_dates() -> None:
    days = holidays_of("US", None, [2028, 2027], "en")
    assert not isinstance(days, UnknownPlace)
    assert list(days) == sorted(days, key=lambda day: day.date)
    assert all(isinstance(day, Holiday) for day in days)
