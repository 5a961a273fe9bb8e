"""Files as the world sends them: a tenth of the rows garbage, types mixed, ids twice, no order at all."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from gridlang.cli.plan import load
from gridlang.runtime.inputs import InputFile, InputFiles
from gridlang.schedule.model import Schedule
from tests.unit.engine.rows_of_columns import Read, assert_same

EXAMPLES = Path(__file__).parents[3] / "examples"
JUNK = (
    "", " ", "x", "0", "-1", "1e999", "12,50", "3.0", "true", "2027-02-30", "2027-02-01T08:00",
    "2027-02-01T08:00:00.5Z", "2027-02-01T08:00+01", "9999-12-31", "Mars/Base", "Europe/London", "all", "emial;email",
    "alone:x", "=1+1", "a\nb",
    'say "hi"', "Ærø", "e\u0301", " p1 ", "\u00a0p1\u00a0", "p\0", "\ufeffp1", "日本", "initiator;nobody",
    "ordered",
    "call",
)  # fmt: skip
Rows = list[dict[str, Any]]
LONG = os.environ.get("GRID_LAWS") == "long"
SEEDS = range(30) if LONG else range(1)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a file of a few hundred rows has many batches, and its columns are judged by a few rows."""
    for module in ("csv_source", "jsonl_source", "parquet_source"):
        monkeypatch.setattr(f"gridlang.runtime.engine.reading.{module}.BATCH", 90)
    monkeypatch.setattr("gridlang.runtime.engine.reading.typed.SAMPLE", 32)


def plan(name: str) -> Schedule:
    schedule = load(str(EXAMPLES / name)).schedule
    assert schedule is not None
    return schedule


def rows_of(name: str, table: str) -> Rows:
    with (EXAMPLES / name / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))[: None if LONG else 250]


def dirtied(rows: Rows, share: float, seed: int) -> Rows:
    """Cells spoiled, rows doubled with and without a difference, the whole shuffled."""
    chance = random.Random(seed)
    found: Rows = []
    for row in rows:
        spoiled = dict(row)
        if chance.random() < share:
            spoiled[chance.choice(list(row))] = chance.choice(JUNK)
        found.append(spoiled)
        if chance.random() < share / 2:
            twin = dict(row)
            if chance.random() < 0.5:
                twin[chance.choice(list(row))] = chance.choice(JUNK)
            found.append(twin)
    chance.shuffle(found)
    return found


def as_csv(rows: Rows, chance: random.Random) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\r\n" if chance.random() < 0.5 else "\n")
    writer.writeheader()
    writer.writerows(rows)
    lines = out.getvalue().encode().split(b"\n")
    for _ in range(len(lines) // 50):
        garbage = chance.choice([b"", b"garbage", b'"', b'a,"b', b"\xff\xfe,", b",,,", b'x"y,1', b"a\rb", b"\x00"])
        lines.insert(chance.randrange(1, len(lines)), garbage)
    return (b"\xef\xbb\xbf" if chance.random() < 0.5 else b"") + b"\n".join(lines)


def as_jsonl(rows: Rows, chance: random.Random) -> bytes:
    lines = [json.dumps({name: _typed(cell, chance) for name, cell in row.items()}, ensure_ascii=chance.random() < 0.5)
             for row in rows]  # fmt: skip
    for _ in range(len(lines) // 50):
        garbage = chance.choice(["", "[]", "{", '{"id": 1, "id": 2}', '{"id": NaN}', '{"children": {"a": 1}}', "7"])
        lines.insert(chance.randrange(len(lines)), garbage)
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def _typed(cell: str, chance: random.Random) -> object:
    """The cell as a program may write it that knows types."""
    if not cell and chance.random() < 0.8:
        return None
    if cell.isdigit() and len(cell) < 15 and chance.random() < 0.7:
        return int(cell) if chance.random() < 0.8 else float(cell)
    return cell.split(";") if ";" in cell and chance.random() < 0.7 else cell


def as_parquet(rows: Rows, chance: random.Random) -> bytes:
    columns = {name: pyarrow.array([row[name] or None for row in rows], pyarrow.string()) for name in rows[0]}
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), out, row_group_size=110)
    return out.getvalue()


WRITERS = {"csv": as_csv, "jsonl": as_jsonl, "parquet": as_parquet}


def read_dirty(name: str, ending: str, share: float, seed: int, accounts: bool = False) -> Read:
    chance, write = random.Random(seed), WRITERS[ending]
    tables = ["persons", "events", *(["accounts"] if accounts else [])]
    files = {
        table: InputFile(f"{table}.{ending}", write(dirtied(rows_of(name, table), share, seed), chance))
        for table in tables
    }
    return assert_same(plan(name), InputFiles(**files))


@pytest.mark.parametrize("ending", list(WRITERS))
@pytest.mark.parametrize("seed", SEEDS)
def test_a_household_plan(ending: str, seed: int) -> None:
    read = read_dirty("family_car", ending, 0.1, seed)
    assert read.contacts
    assert len({issue.code for issue in read.issues}) > 4


@pytest.mark.parametrize("ending", list(WRITERS))
@pytest.mark.parametrize("seed", SEEDS)
def test_a_plan_with_accounts(ending: str, seed: int) -> None:
    read = read_dirty("canteen_dishwasher", ending, 0.05, seed, accounts=True)
    assert read.contacts
    assert len({issue.code for issue in read.issues}) > 3


@pytest.mark.parametrize("ending", list(WRITERS))
def test_a_plan_whose_people_carry_the_accounts(ending: str) -> None:
    assert read_dirty("canteen_dishwasher", ending, 0.05, 7).issues


@pytest.mark.parametrize("ending", list(WRITERS))
def test_clean_files_in_any_order(ending: str) -> None:
    read = read_dirty("family_car", ending, 0.0, 5)
    assert len(read.contacts) == len(rows_of("family_car", "persons"))
    assert {issue.code for issue in read.issues if issue.refused} <= {
        "broken_row", "wrong_cell_count", "missing_value", "wrong_value", "unreadable_text", "different_rows",
        "unknown_contact",
    }  # fmt: skip


# --- Parquet with types of its own -----------------------------------------------------------------------------------


def typed_people(chance: random.Random) -> pyarrow.Table:
    rows = rows_of("family_car", "persons")
    day = dt.date.fromisoformat
    columns = {name: [row[name] or None for row in rows] for name in rows[0]}
    arrays = {name: pyarrow.array(cells, pyarrow.string()) for name, cells in columns.items()}
    arrays["id"] = pyarrow.array([int(cell[1:]) for cell in columns["id"]], pyarrow.int32())
    arrays["children"] = pyarrow.array([float(cell) for cell in columns["children"]], pyarrow.float64())
    for name in ("first_registered", "lease_ends", "since"):
        arrays[name] = pyarrow.array([day(cell) if cell else None for cell in columns[name]], pyarrow.date32())
    arrays["consent"] = pyarrow.array([(cell or "").split(";") for cell in columns["consent"]])
    arrays["household_role"] = arrays["household_role"].dictionary_encode()
    return pyarrow.table(arrays)


def typed_events(unit: str, zone: str | None) -> pyarrow.Table:
    rows = [row for row in rows_of("family_car", "events") if row["at"]]
    moments = [dt.datetime.fromisoformat(row["at"]).astimezone(dt.UTC) for row in rows]
    naive = [moment.replace(tzinfo=None) for moment in moments]
    arrays = {name: pyarrow.array([row[name] or None for row in rows], pyarrow.string()) for name in rows[0]}
    arrays["contact"] = pyarrow.array([int(row["contact"][1:]) for row in rows])
    arrays["amount"] = pyarrow.array([float(row["amount"]) if row["amount"] else None for row in rows])
    arrays["at"] = pyarrow.array(naive if zone is None else moments, pyarrow.timestamp(unit, tz=zone))
    arrays["blob"] = pyarrow.array([b"\xff" if at % 9 == 0 else b"ok" for at in range(len(rows))])
    return pyarrow.table(arrays)


def parquet_of(table: pyarrow.Table) -> bytes:
    out = io.BytesIO()
    pyarrow.parquet.write_table(table, out, row_group_size=100)
    return out.getvalue()


@pytest.mark.parametrize(("unit", "zone"), [("ns", "UTC"), ("us", "Europe/Copenhagen"), ("s", None), ("ms", None)])
def test_columns_that_have_types(unit: str, zone: str | None) -> None:
    people = typed_people(random.Random(1))
    files = InputFiles(
        persons=InputFile("persons.parquet", parquet_of(people)),
        events=InputFile("events.parquet", parquet_of(typed_events(unit, zone))),
    )
    read = assert_same(plan("family_car"), files)
    assert len(read.contacts) == people.num_rows
    assert read.happenings


@pytest.mark.parametrize("column", ["id", "first_name", "consent", "lease_ends"])
@pytest.mark.parametrize("wrong", ["struct", "list", "binary", "decimal", "bool", "time", "null"])
def test_columns_of_a_wrong_type(column: str, wrong: str) -> None:
    people = typed_people(random.Random(1))
    count = people.num_rows
    arrays = {
        "struct": pyarrow.array([{"a": 1}] * count),
        "list": pyarrow.array([[1, 2]] * count),
        "binary": pyarrow.array([b"x\xff"] * count),
        "decimal": pyarrow.array([Decimal("12.50")] * count),
        "bool": pyarrow.array([True] * count),
        "time": pyarrow.array([dt.time(9)] * count),
        "null": pyarrow.nulls(count),
    }
    broken = people.set_column(people.column_names.index(column), column, arrays[wrong])
    files = InputFiles(
        persons=InputFile("persons.parquet", parquet_of(broken)),
        events=InputFile("events.parquet", parquet_of(typed_events("us", "UTC"))),
    )
    assert_same(plan("family_car"), files)


@pytest.mark.parametrize("cut", [0, 4, -1, -2000])
def test_broken_parquet(cut: int) -> None:
    whole = parquet_of(typed_people(random.Random(1)))
    middle = bytearray(whole)
    middle[len(whole) // 3 : len(whole) // 3 + 50] = b"\xaa" * 50
    for content in (whole[:cut], bytes(middle)):
        read = assert_same(plan("family_car"), InputFiles(persons=InputFile("persons.parquet", content)))
        assert read.problems or content == bytes(middle)
