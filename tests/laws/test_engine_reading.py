"""The engine reads any bytes, and rows that nearly read, as the row code does, in every format."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from gridlang.runtime.inputs import InputFile, InputFiles
from tests.laws.test_rows import EVENTS, PERSONS, any_bytes, as_csv, as_jsonl, as_parquet, records
from tests.unit.engine.rows_of_columns import assert_same
from tests.unit.schedule.sample import schedule


def _files(persons: bytes, events: bytes, accounts: bytes | None, ending: str) -> InputFiles:
    return InputFiles(
        persons=InputFile(f"persons.{ending}", persons),
        events=InputFile(f"events.{ending}", events),
        accounts=None if accounts is None else InputFile(f"accounts.{ending}", accounts),
    )


@given(any_bytes, any_bytes, st.booleans(), st.sampled_from(["csv", "jsonl", "parquet"]))
@example(b'"a\n' * 300, b'a","b\n' * 300, True, "csv")
@example(b'p1,h1,Per,father,2\r\n\r\np2,h1,"a\nb",mother,2\n', b"p1,2027-02-01,clicked\r" * 3, True, "csv")
def test_any_bytes(persons: bytes, events: bytes, headed: bool, ending: str) -> None:
    if headed and ending == "csv":
        persons, events = f"{PERSONS}\n".encode() + persons, f"{EVENTS}\n".encode() + events
    assert_same(schedule(), _files(persons, events, persons, ending))


@given(records(PERSONS), records(EVENTS), st.booleans(), st.sampled_from(["csv", "jsonl", "parquet"]))
def test_rows_that_nearly_read(
    persons: list[dict[str, str]], events: list[dict[str, str]], with_accounts: bool, ending: str
) -> None:
    write = {"csv": as_csv, "jsonl": as_jsonl, "parquet": as_parquet}[ending]
    accounts = write(persons) if with_accounts else None
    assert_same(schedule(), _files(write(persons), write(events), accounts, ending))
