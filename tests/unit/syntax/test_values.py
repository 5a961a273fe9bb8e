"""Literals, types and predicates."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from gridlang.quantities import Duration, Money
from gridlang.syntax import nodes as n
from tests.unit.syntax.reading import finding, sound, value, words


@pytest.mark.parametrize(
    ("text", "class_", "content"),
    [
        ('"Hej"', n.Text, "Hej"),
        (r'"Han sagde: \"ja\"\\ og\ngik"', n.Text, 'Han sagde: "ja"\\ og\ngik'),
        ('"{{ first_name }}, # /// // -> {"', n.Text, "{{ first_name }}, # /// // -> {"),
        ("12", n.Number, 12),
        ("12_000", n.Number, 12_000),
        ("0.5", n.Number, Decimal("0.5")),
        ("450 DKK", n.Amount, Money(Decimal(450), "DKK")),
        ("1_450_000.50 DKK", n.Amount, Money(Decimal("1450000.50"), "DKK")),
        ("30min", n.Length, Duration(30, "min")),
        ("36h", n.Length, Duration(36, "h")),
        ("5d", n.Length, Duration(5, "d")),
        ("2w", n.Length, Duration(2, "w")),
        ("6mo", n.Length, Duration(6, "mo")),
        ("1y", n.Length, Duration(1, "y")),
        ("2 workdays", n.Length, Duration(2, "workdays")),
        ("1 workday", n.Length, Duration(1, "workdays")),
        ("2027-03-01", n.Date, dt.date(2027, 3, 1)),
        ("2027-02-01 08:00", n.Moment, dt.datetime(2027, 2, 1, 8)),
        ("2027-02-28 24:00", n.Moment, dt.datetime(2027, 3, 1)),
        ("09:30", n.Time, dt.time(9, 30)),
    ],
)
def test_literals(text: str, class_: type[object], content: object) -> None:
    node = value(text)
    made: type[object] = type(node)
    assert made is class_
    assert node.value == content
    assert node.span.text == text


def test_percents_and_the_end_of_the_day() -> None:
    assert (value("10%").value, value("10%").percent) == (10, True)
    assert (value("12.5 %").value, value("12.5 %").percent) == (Decimal("12.5"), True)
    assert value("24:00") == n.Time(dt.time(0), midnight_end=True, span=value("24:00").span)


def test_a_date_and_a_time_on_two_lines_are_two_things() -> None:
    assert type(value("2027-02-01\n")) is n.Date


def test_ranges() -> None:
    dates = value("2027-01-04 .. 2027-12-31")
    assert (type(dates), dates.start.span.text, dates.end.span.text) == (n.Range, "2027-01-04", "2027-12-31")
    assert type(value("1..3").start) is n.Number
    assert words((value("monday .. thursday").start,)) == "monday"


def test_frequencies() -> None:
    rolling = value("3 per 7d across all per account")
    assert (rolling.count.value, rolling.duration.value, rolling.per_account) == (3, Duration(7, "d"), True)
    assert words(rolling.across) == "all"
    calendar = value("25 per calendar day")
    assert (words(calendar.calendar), calendar.duration, calendar.per_account) == ("day", None, False)
    assert words(value("1 per 14d across email, sms").across) == "email, sms"


def test_within_and_after() -> None:
    goal = value("ordered within 90d")
    assert (type(goal), words(goal.value), goal.duration.value) == (n.Within, "ordered", Duration(90, "d"))
    after = value("after 30d")
    assert (type(after), after.duration.value, after.span.text) == (n.After, Duration(30, "d"), "after 30d")


def test_types() -> None:
    assert type(value("Text")) is n.Reference
    assert (value("Text?").name.text, value("Text?").optional) == ("Text", True)
    channels = value("List<Channel>")
    assert (type(channels), channels.name.text, channels.arguments[0].name.text) == (n.TypeName, "List", "Channel")
    choice = value('OneOf("father", "mother")')
    assert (type(choice), [text.value for text in choice.arguments]) == (n.TypeName, ["father", "mother"])
    both = value('List<OneOf("a")?>?')
    assert (both.optional, both.arguments[0].optional, both.arguments[0].name.text) == (True, True, "OneOf")
    assert type(value("Set<Channel>")) is n.TypeName


@pytest.mark.parametrize("text", ["children<3", "children < 3", "a<b", "a<b+c"])
def test_a_sign_is_no_type(text: str) -> None:
    assert type(value(text)) is n.Comparison


def test_precedence() -> None:
    either = value("a or b and not c == d + e - f or g")
    assert (type(either), either.word, len(either.operands)) == (n.Logic, "or", 3)
    both = either.operands[1]
    assert (both.word, len(both.operands)) == ("and", 2)
    equal = both.operands[1].operand
    assert (equal.sign, equal.right.sign, equal.right.left.sign) == ("==", "-", "+")


def test_brackets_keep_a_run_apart() -> None:
    assert len(value("(a and b) and c").operands) == 2
    assert len(value("a and b and c").operands) == 3


@pytest.mark.parametrize("sign", ["==", "!=", "<", "<=", ">", ">=", "in", "before"])
def test_comparisons(sign: str) -> None:
    compared = value(f"a {sign} b")
    assert (type(compared), compared.sign) == (n.Comparison, sign)
    assert (words(compared.left), words(compared.right)) == ("a", "b")


def test_in_takes_listings_and_ranges() -> None:
    assert [text.value for text in value('role in ("a", "b")').right.values] == ["a", "b"]
    assert type(value("age in 3 .. 5").right) is n.Range
    assert type(value('role in ("a")').right) is n.Text


def test_calls() -> None:
    count = value("account.count(purchase where amount > 500 DKK and paid, within: 24mo)")
    assert (type(count), count.function.text) == (n.Call, "account.count")
    purchase, within = count.arguments
    assert (words(purchase.value), type(purchase.where), purchase.name) == ("purchase", n.Logic, None)
    assert (within.name.text, within.value.value) == ("within", Duration(24, "mo"))
    last = value("last(purchase).amount")
    assert (last.field.text, last.span.text) == ("amount", "last(purchase).amount")
    assert value("now()").arguments == ()


def test_negative_numbers() -> None:
    assert type(value("-3")) is n.Negative
    assert type(value("a - -3").right) is n.Negative


def test_the_whole_predicate_of_the_example() -> None:
    node = value("children >= 1 and (account.ever(ordered) or has(first_registered) and age(first_registered) >= 6y)")
    assert [type(operand).__name__ for operand in node.operands] == ["Comparison", "Logic"]


@pytest.mark.parametrize(
    ("text", "message", "help_"),
    [
        ("2027-02-30", "February 2027 has 28 days", "did you mean `2027-02-28`?"),
        ("2028-02-30", "February 2028 has 29 days", "did you mean `2028-02-29`?"),
        ("2027-13-01", "there is no month 13", "dates are year-month-day"),
        ("0000-01-01", "there is no year 0", "years have four digits: `2027-03-01`"),
        ("25:00", "there is no 25:00 on a clock", "times run from 00:00 to 24:00"),
        ("2027-04-31 09:00", "April 2027 has 30 days", "did you mean `2027-04-30`?"),
        ("1" * 19, "a number has at most 18 digits", None),
        ("201y", "no plan looks further than 200 years", None),
        (r'"C:\temp"', r"`\t` means nothing in a text", None),
    ],
)
def test_impossible_values_cost_nothing_else(text: str, message: str, help_: str | None) -> None:
    problem = finding(f"a b {{ c: {text}  d: e }}")
    assert problem.message == message
    assert help_ is None or problem.help == help_


@pytest.mark.parametrize("text", ["(a > 10) and b", "(a >\n 10) or b", "(a > 10) size: 3", "count(x, 3) in (1, 2)"])
def test_a_number_before_a_bracket_is_no_number_of_a_list(text: str) -> None:
    sound(f"kind name {{ field: {text} }}")
