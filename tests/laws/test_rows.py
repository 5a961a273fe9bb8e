"""Laws of reading rows: nothing crashes, no row is lost, the format does not matter."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping

import attrs
import pyarrow
import pyarrow.parquet
from hypothesis import event, example, given
from hypothesis import strategies as st

from gridlang.diagnostics import Outcome
from gridlang.runtime.inputs import InputFile, InputFiles, read
from gridlang.runtime.rows import Input
from tests.unit.schedule.sample import schedule

PERSONS = "id,account,first_name,household_role,children,consent,timezone,since,lease_ends,region"
EVENTS = "id,contact,at,event,outcome,task,step,amount"

_spice = st.sampled_from(
    [b'"', b",", b"\n", b"\r", b"\0", b";", b"\xf8", b"\xef\xbb\xbf", "é".encode(), b"p1", b"{", b"}"]
)
any_bytes = st.lists(st.one_of(_spice, st.binary(max_size=6))).map(b"".join)
_words = st.sampled_from(
    ["", "p1", "p2", "h1", "Per", "father", "mother", "2", "2.0", "two", "email;phone", "Europe/London", "Mars/Base",
     "2027-02-01", "2027-02-01T08:00Z", "9999-12-31T23:59", "0001-01-01", "clicked", "ordered", "no_time", "call",
     "450 DKK", "e1", "=1+1", "æ\n\"ø\",å"]
)  # fmt: skip


def _conserved(outcome: Outcome[Input]) -> None:
    value = outcome.value
    for count in value.files:
        assert count.rows == count.taken + count.repeated + count.refused
    taken = {count.file.partition(".")[0]: count.taken for count in value.files}
    assert len(value.contacts) == taken.get("persons", 0)
    assert len(value.happenings) == taken.get("events", 0)
    known = {contact.id for contact in value.contacts}
    assert len(known) == len(value.contacts)
    assert {contact.account for contact in value.contacts} == set(value.accounts)
    assert all(happening.contact in known for happening in value.happenings)


def _run(persons: bytes, events: bytes, ending: str = "csv") -> Outcome[Input]:
    files = InputFiles(
        persons=InputFile(f"persons.{ending}", persons),
        events=InputFile(f"events.{ending}", events),
        accounts=InputFile(f"accounts.{ending}", persons),
    )
    return read(schedule(), files)


@given(any_bytes, any_bytes, st.booleans(), st.sampled_from(["csv", "jsonl", "parquet"]))
@example(b'"a\n' * 300, b'a","b\n' * 300, True, "csv")
def test_no_bytes_crash_and_no_row_is_lost(persons: bytes, events: bytes, headed: bool, ending: str) -> None:
    if headed and ending == "csv":
        persons, events = f"{PERSONS}\n".encode() + persons, f"{EVENTS}\n".encode() + events
    _conserved(_run(persons, events, ending))


_RIGHT = {
    "id": ["p1", "p2", "p3", "p4", "p5", "p6"],
    "contact": ["p1", "p2", "p3", "p4"],
    "account": ["h1"],
    "first_name": ["Per"],
    "household_role": ["father"],
    "children": ["2"],
    "at": ["2027-02-01", "2027-02-01T08:00Z"],
    "event": ["clicked", "ordered"],
}


@st.composite
def records(draw: st.DrawFn, header: str) -> list[dict[str, str]]:
    """Rows that read well, but for a few cells that may hold anything."""
    right = {name: st.sampled_from(_RIGHT.get(name, [""])) for name in header.split(",")}
    rows = draw(st.lists(st.fixed_dictionaries(right), min_size=1, max_size=8))
    for _ in range(draw(st.integers(0, 4))):
        rows[draw(st.integers(0, len(rows) - 1))][draw(st.sampled_from(list(right)))] = draw(_words)
    return rows


@given(records(PERSONS), records(EVENTS))
def test_rows_that_nearly_read_are_all_accounted_for(
    persons: list[dict[str, str]], events: list[dict[str, str]]
) -> None:
    outcome = _run(as_csv(persons), as_csv(events))
    assert not outcome.problems
    _conserved(outcome)
    event(f"{min(len(outcome.value.contacts), 2)} contacts, {min(len(outcome.value.happenings), 2)} happenings")
    assert {count.file: count.rows for count in outcome.value.files} == {
        "accounts.csv": len(persons),
        "persons.csv": len(persons),
        "events.csv": len(events),
    }


@given(records(PERSONS), records(EVENTS))
def test_every_format_reads_the_same(persons: list[dict[str, str]], events: list[dict[str, str]]) -> None:
    read_as = [
        _without_names(_run(as_csv(persons), as_csv(events), "csv")),
        _without_names(_run(as_jsonl(persons), as_jsonl(events), "jsonl")),
        _without_names(_run(as_parquet(persons), as_parquet(events), "parquet")),
    ]
    assert read_as[0] == read_as[1] == read_as[2]


@given(records(PERSONS), records(EVENTS), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    persons: list[dict[str, str]], events: list[dict[str, str]], random: object
) -> None:
    before = _run(as_csv(persons), as_csv(events)).value
    random.shuffle(persons)  # type: ignore[attr-defined]
    random.shuffle(events)  # type: ignore[attr-defined]
    after = _run(as_csv(persons), as_csv(events)).value
    assert _without_rows(before) == _without_rows(after)


def as_csv(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def as_jsonl(rows: list[dict[str, str]]) -> bytes:
    return "".join(
        json.dumps({name: _listed(name, cell) for name, cell in row.items()}) + "\n" for row in rows
    ).encode()


def _listed(name: str, cell: str) -> object:
    """What a program writes that knows types: lists as lists, missing as null."""
    if not cell:
        return None
    return cell.split(";") if name == "consent" else cell


def as_parquet(rows: list[dict[str, str]]) -> bytes:
    out = io.BytesIO()
    columns = {name: pyarrow.array([row[name] or None for row in rows], pyarrow.string()) for name in rows[0]}
    pyarrow.parquet.write_table(pyarrow.table(columns), out)
    return out.getvalue()


def _without_names(outcome: Outcome[Input]) -> str:
    """The outcome as text, the endings of the files' names and the lines of a CSV file aside."""
    assert not outcome.problems
    said = str(outcome.value).replace(".jsonl", ".csv").replace(".parquet", ".csv")
    return re.sub(r", line=(\d+|None)|(?<= row \d), line \d+", "", said)


def _without_rows(value: Input) -> tuple[object, ...]:
    """Everything that may not depend on the order of rows."""
    return (
        [attrs.evolve(contact, origin=None) for contact in value.contacts],
        _sorted(value.accounts),
        [attrs.evolve(happening, origin=None) for happening in value.happenings],
        sorted((issue.file, issue.code, issue.refused, issue.contact) for issue in value.issues),
        value.files,
    )


def _sorted(accounts: Mapping[str, Mapping[str, object]]) -> list[tuple[str, list[tuple[str, object]]]]:
    return [(name, sorted(accounts[name].items())) for name in sorted(accounts)]
