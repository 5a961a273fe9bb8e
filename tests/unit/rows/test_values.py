"""Cells of every type, right and wrong."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from gridlang.quantities import Duration, Money
from gridlang.runtime.inputs.records import on_clock
from gridlang.runtime.inputs.scalars import Wrong
from gridlang.runtime.inputs.values import reader
from gridlang.schedule.model import Field

COPENHAGEN = on_clock("Europe/Copenhagen")


def value(kind: str, cell: object, **more: object) -> object:
    return reader(Field(name="x", place=0, type=kind, **more), "DKK")(cell, COPENHAGEN)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "cell", "expected"),
    [
        ("Text", "x", "x"),
        ("Text", 4711, "4711"),
        ("Text", 4711.0, "4711"),
        ("Text", True, "true"),
        ("Int", "-3", -3),
        ("Int", "3.0", 3),
        ("Int", 3, 3),
        ("Int", Decimal("3"), 3),
        ("Decimal", "12.50", Decimal("12.5")),
        ("Decimal", 0.1, Decimal("0.1")),
        ("Decimal", ".5", Decimal("0.5")),
        ("Percent", "10 %", Decimal(10)),
        ("Percent", "10%", Decimal(10)),
        ("Percent", 10, Decimal(10)),
        ("Bool", "YES", True),
        ("Bool", "0", False),
        ("Bool", 1, True),
        ("Bool", False, False),
        ("Money", "450 DKK", Money(Decimal(450), "DKK")),
        ("Money", "449.95", Money(Decimal("449.95"), "DKK")),
        ("Money", 450, Money(Decimal(450), "DKK")),
        ("Date", "2018-05-01", dt.date(2018, 5, 1)),
        ("Date", "2018-05-01T00:00:00", dt.date(2018, 5, 1)),
        ("Date", dt.date(2018, 5, 1), dt.date(2018, 5, 1)),
        ("Date", dt.datetime(2018, 5, 1), dt.date(2018, 5, 1)),
        ("Date", "9999-12-31", dt.date(9999, 12, 31)),
        ("DateTime", "2027-02-01 08:00", dt.datetime(2027, 2, 1, 8)),
        ("DateTime", "2027-02-01T08:00:59.999", dt.datetime(2027, 2, 1, 8, 0, 59)),
        ("DateTime", "2027-02-01T08:00Z", dt.datetime(2027, 2, 1, 9)),
        ("DateTime", "2027-07-01T08:00:00+00:00", dt.datetime(2027, 7, 1, 10)),
        ("DateTime", "2027-02-01", dt.datetime(2027, 2, 1)),
        ("Time", "09:00", dt.time(9)),
        ("Time", dt.time(9, 30, 0, 5), dt.time(9, 30)),
        ("Duration", "60d", Duration(60, "d")),
        ("Duration", "2 workdays", Duration(2, "workdays")),
        ("List", "a; b;;c", ("a", "b", "c")),
        ("List", ["a", 1], ("a", "1")),
        ("List", "a", ("a",)),
    ],
)
def test_a_cell_that_reads_well(kind: str, cell: object, expected: object) -> None:
    read = value(kind, cell)
    assert read == expected
    assert type(read) is type(expected)


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("Text", {"a": 1}),
        ("Text", ["a"]),
        ("Text", 1.5),
        ("Int", "3.5"),
        ("Int", "3_000"),
        ("Int", "٣"),
        ("Int", True),
        ("Int", "9223372036854775808"),
        ("Decimal", "12,50"),
        ("Decimal", "NaN"),
        ("Decimal", Decimal("1e999999")),
        ("Decimal", Decimal("1e-999999")),
        ("Decimal", float("inf")),
        ("Percent", "ten"),
        ("Bool", "ja"),
        ("Bool", 2),
        ("Money", "450 EUR"),
        ("Money", "DKK 450"),
        ("Money", "450DKK"),
        ("Date", "01-05-2018"),
        ("Date", "2018-02-30"),
        ("Date", "2018-05-01T08:00"),
        ("Date", "2018-W18-2"),
        ("Date", 20180501),
        ("DateTime", "soon"),
        ("DateTime", "2027-02-01T25:00"),
        ("DateTime", "2027-02-01T08:00+25:00"),
        ("Time", "9"),
        ("Time", "24:01"),
        ("Duration", "60 days"),
        ("Duration", "9" * 5000 + "d"),
        ("List", [["a"]]),
        ("List", {"a": 1}),
    ],
)
def test_a_cell_that_does_not(kind: str, cell: object) -> None:
    read = value(kind, cell)
    assert isinstance(read, Wrong)
    assert read.reason.startswith("`")
    assert len(read.reason) < 150


def test_a_choice_is_one_of_its_options_and_the_nearest_is_named() -> None:
    assert value("Text", "father", options=("father", "mother")) == "father"
    wrong = value("Text", "Fahter", options=("father", "mother"))
    assert isinstance(wrong, Wrong)
    assert "did you mean `father`?" in wrong.reason


def test_the_currency_of_the_field_comes_before_the_plans() -> None:
    assert value("Money", "3", currency="EUR") == Money(Decimal(3), "EUR")
    assert isinstance(value("Money", "3 DKK", currency="EUR"), Wrong)
