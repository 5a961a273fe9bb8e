"""What a story may expect, when it comes true, and what stands beside it when it does not."""

from __future__ import annotations

import pytest

from gridlang.runtime import testing
from tests.rules.plans import compiled
from tests.unit.testing.plans import PER, PLAN, happened, schedule, told

# Per is greeted on Monday 1 February at nine, hears nothing until Thursday at nine, and is called then; the library's
# phone is open on workdays from nine. With `asked` he gets the letter and moves on.
ASKED = "on 2027-02-02 12:00 per asked\n"
SAID_YES = "on 2027-02-04 10:00 per answers yes to call\n"
CALLED = "on 2027-02-04 10:00 per answers no to call\n"


@pytest.mark.parametrize(
    "lines",
    [
        "expect 2027-02-01 09:00 send plain hello to per",
        "expect 2027-02-01 send plain hello",
        "expect send plain hello to per",
        "expect send plain hello to per after 2027-02-01 09:00",
        "expect send plain hello to per before 2027-02-01 09:01",
        "expect send plain hello to per between 2027-02-01 and 2027-02-02",
        "expect 2027-02-04 09:00 task phone goodbye to per by desk",
        "expect 2027-02-04 task phone",
        "expect no phone to per before 2027-02-04 09:00",
        "expect no phone to per before 2027-02-04",
        "expect no phone to per between 2027-02-01 and 2027-02-04",
        "expect no sms to per",
        ASKED + "expect 2027-02-02 12:00 send letterbox again to per",
        ASKED + "expect 2027-02-02 12:00 send plain again to per",
        ASKED + "expect 2027-02-02 12:00 move second",
        ASKED + "expect move second to per",
        ASKED + "expect no phone to per",
        SAID_YES + "expect 2027-02-04 10:00 skip email goodbye to per because consent",
        CALLED + "on 2027-02-04 11:00 per answers maybe to call\nexpect 2027-02-04 11:00 notify desk to per",
        CALLED + "on 2027-02-04 11:00 per answers maybe to call\nexpect 2027-02-04 send crowd again to per",
        "on 2027-01-20 12:00 per shopped (amount: 10 DKK)\nexpect send plain hello",
    ],
)
def test_what_comes_true(lines: str) -> None:
    came = told(lines)
    assert came.holds, (came.failures, came.troubles)


@pytest.mark.parametrize(
    ("lines", "beside"),
    [
        ("expect 2027-02-01 10:00 send plain hello to per", ["plain hello to per of home, Mon 1 Feb 2027 09:00"]),
        ("expect 2027-02-02 send plain hello", ["plain hello to per of home, Mon 1 Feb 2027 09:00"]),
        ("expect send plain hello before 2027-02-01 09:00", ["plain hello to per of home, Mon 1 Feb 2027 09:00"]),
        ("expect send plain hello after 2027-02-01 09:01", ["plain hello to per of home, Mon 1 Feb 2027 09:00"]),
        ("expect send letterbox hello to per", ["plain hello to per of home, Mon 1 Feb 2027 09:00"]),
        ("expect no plain to per", ["plain hello to per of home, Mon 1 Feb 2027 09:00"]),
        (
            "expect 2027-02-04 10:00 task phone goodbye to per",
            ["phone goodbye to per of home by ann@example.dk, Thu 4 Feb 2027 09:00"],
        ),
        ("expect no phone between 2027-02-04 09:00 and 2027-02-04 09:01", ["phone goodbye to per of home by"]),
        (
            ASKED + "expect move third",
            ["first -> second (move greet again.move1), Tue 2 Feb 2027 12:00"],
        ),
        (
            SAID_YES + "expect send email goodbye to per",
            ["because consent: email goodbye to per of home, Thu 4 Feb 2027 10:00", "phone goodbye to per"],
        ),
        (
            SAID_YES + "expect skip email goodbye to per because address",
            ["because consent: email goodbye to per of home, Thu 4 Feb 2027 10:00"],
        ),
    ],
)
def test_what_does_not_come_true_stands_beside_what_happened(lines: str, beside: list[str]) -> None:
    came = told(lines)
    assert not came.holds
    assert came.troubles == ()
    assert len(came.failures) == 1
    shown = happened(came)
    assert len(shown) == len(beside)
    assert all(words in line for words, line in zip(beside, shown, strict=True)), shown


@pytest.mark.parametrize(
    ("lines", "remark"),
    [
        ("expect move second", "the account did not move"),
        ("expect notify desk", "no team was told anything"),
        ("expect send sms begin_again to per", None),
        ("expect no phone to per after 2028-01-01", "nothing can happen then"),
        ("expect 2027-02-01 07:59 send plain hello to per", "nothing can happen then"),
    ],
)
def test_what_no_row_can_say_is_said(lines: str, remark: str | None) -> None:
    if remark is None:
        lines, remark = "expect send sms again to ann", "nothing of the kind happened to ann"
        came = told(lines, PER + '\n person ann { first_name: "Ann"  household_role: "aunt" }', enter="enter second")
    else:
        came = told(lines)
    (failure,) = came.failures
    assert remark in (failure.remark or "")


def test_a_failure_carries_its_line_and_the_chain() -> None:
    made = schedule("expect 2027-02-01 10:00 send plain hello to per")
    (failure,) = testing.run(made, made.tests[0]).failures
    assert failure.place == made.tests[0].expectations[0].place
    assert failure.expected == "send plain hello to per, Mon 1 Feb 2027 10:00"
    assert failure.happened[0].chain.splitlines()[-2:] == [
        _line(made, "ready Mon 1 Feb 08:00 ({})"),
        _line(made, "at 09:00 ({}): to Mon 09:00"),
    ]


def _line(made, words: str) -> str:  # type: ignore[no-untyped-def]
    place = made.places[made.campaigns[0].steps[0].place]
    return words.format(f"{place.file}:{place.line}")


def test_an_outcome_that_nobody_asked_for_fails_the_test_at_its_line() -> None:
    lines = "on 2027-02-02 10:00 per answers yes to call\nexpect send plain hello to per"
    made = schedule(lines)
    came = testing.run(made, made.tests[0])
    assert came.failures == ()
    (trouble,) = came.troubles
    assert trouble.code == "outcome_unasked"
    assert trouble.place == made.tests[0].events[0].place
    assert "nobody asked per for call" in trouble.reason
    assert not came.holds


def test_a_story_outside_the_period_is_trouble() -> None:
    came = told("expect no phone to per", starts="2029-02-01 08:00")
    assert [trouble.code for trouble in came.troubles] == ["outside_the_period"]
    assert not came.holds


def test_expectations_are_on_the_persons_clock() -> None:
    people = 'person per { first_name: "Per"  timezone: "America/New_York" }'
    assert told("expect 2027-02-01 09:00 send plain hello to per", people).holds
    assert told("on 2027-02-02 12:00 per asked\nexpect 2027-02-02 12:00 send plain again to per", people).holds
    # Moves are the account's, on the plan's clock: six hours ahead.
    assert told("on 2027-02-02 12:00 per asked\nexpect 2027-02-02 18:00 move second", people).holds


def test_an_entry_is_a_move_only_where_nobody_says_enter() -> None:
    assert told("expect 2027-02-01 08:00 move first", enter="").holds
    assert not told("expect 2027-02-01 08:00 move first").holds


def test_persons_are_one_account_unless_they_say_another() -> None:
    people = PER + '\n person ann { first_name: "Ann" }'
    apart = PER + '\n person ann { first_name: "Ann"  account: "elsewhere" }'
    asked = "on 2027-02-02 12:00 per asked\nexpect 2027-02-02 12:00 move second to ann"
    assert told(asked, people).holds
    assert not told(asked, apart).holds
    assert told("expect 2027-02-01 09:00 send plain hello to ann", apart).holds


def test_whom_no_segment_takes_is_said() -> None:
    heroes = 'segment heroes "Heroes" { where: tier == "hero" }'
    story = f'test "A" {{ starts: 2027-02-01 08:00 {PER} enter first expect send plain hello to per }}'
    made = compiled(heroes + PLAN + story)
    (failure,) = testing.run(made, made.tests[0]).failures
    assert "no segment takes this account" in (failure.remark or "")
