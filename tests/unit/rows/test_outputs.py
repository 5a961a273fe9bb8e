"""The tables of a run as bytes, and back."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import subprocess
import sys
from typing import Literal

import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridlang.crm.options import CrmOptions
from gridlang.crm.systems.hubspot import SYSTEM
from gridlang.formulas import neutral, original
from gridlang.runtime import outputs
from gridlang.runtime.outputs import crm
from gridlang.runtime.outputs.read_back import read_back
from gridlang.runtime.outputs.tables import AUDIENCES, MOVES, SKIPS, TABLES, TASKS, TOUCHES
from tests.unit.rows.executed import EMPTY, EXECUTION
from tests.unit.schedule.sample import schedule

Format = Literal["csv", "jsonl", "parquet"]
FORMATS: tuple[Format, ...] = ("csv", "jsonl", "parquet")


def written(format: Format = "csv", execution: object = EXECUTION) -> dict[str, bytes]:
    return {file.path: file.content for file in outputs.files(schedule(), execution, format)}  # type: ignore[arg-type]


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written()[name].decode(), newline="")))


def test_every_table_is_a_file_and_the_tasks_are_hubspots_too() -> None:
    for format in FORMATS:
        tables = {f"{table.name}.{format}" for table in TABLES}
        assert written(format).keys() == tables | {"tasks_hubspot.csv", "tasks_hubspot.json"}


def test_a_touch_as_csv_to_the_byte() -> None:
    assert written()["touches.csv"].decode() == (
        "id,contact,account,channel,message,subject,due,due_local,campaign,step,visit,because\n"
        '0a0a0a0a0a0a0a0a0a0a,p1,h1,email,invitation,"\'=HYPERLINK(""http://x""), ""Per""\nny linje",'
        "2027-02-01T08:00:00Z,2027-02-01T09:00:00+01:00,invite,invite,1,ready@67 quiet@32+39000 at@67+3600\n"
    )


def test_cells_of_every_type() -> None:
    done, withdrawn = rows("tasks.csv")
    assert (done["deadline"], done["closed"]) == ("2027-02-10T08:00:00Z", "2027-02-08T09:30:00Z")
    assert (done["outcomes"], done["visit"], done["subject"]) == ("meeting_booked;no_time", "2", "")
    assert (withdrawn["deadline"], withdrawn["contact"]) == ("", "-12")
    assert withdrawn["script"] == "'@alle: =1+1"
    assert done["script"].startswith("'+45 20 30 40 50\n")
    entry, move = rows("moves.csv")
    assert (entry["from"], entry["to"]) == ("", "awareness")
    assert (move["from"], move["to"], move["at"]) == ("awareness", "contact", "2027-02-01T07:00:00Z")
    assert rows("reports.csv")[0]["place"] == "plan.grid:45"
    assert rows("reports.csv")[0]["happened"] == "'-offer first"
    assert [issue["refused"] for issue in rows("issues.csv")] == ["true", "false", "true"]


def test_json_lines_keep_types_and_texts_untouched() -> None:
    (touch,) = map(json.loads, written("jsonl")["touches.jsonl"].decode().splitlines())
    assert touch["subject"].startswith("=HYPERLINK(")
    assert (touch["due"], touch["visit"]) == ("2027-02-01T08:00:00Z", 1)
    done, withdrawn = map(json.loads, written("jsonl")["tasks.jsonl"].decode().splitlines())
    assert done["outcomes"] == ["meeting_booked", "no_time"]
    assert (withdrawn["deadline"], withdrawn["member"], withdrawn["outcomes"]) == (None, None, [])
    assert list(done) == [column.name for column in TASKS.columns]


def test_parquet_has_types_and_documents_its_columns() -> None:
    table = pyarrow.parquet.read_table(pyarrow.BufferReader(written("parquet")["tasks.parquet"]))
    assert str(table.schema.field("due").type) == "timestamp[ms, tz=UTC]"
    assert str(table.schema.field("outcomes").type).startswith("list<")
    assert table.schema.field("due").metadata == {b"doc": b"when it is handed out, UTC"}
    assert table["due"].to_pylist()[0] == dt.datetime(2027, 2, 8, 8, tzinfo=dt.UTC)


@pytest.mark.parametrize("format", FORMATS)
def test_what_was_written_reads_back_as_it_was(format: Format) -> None:
    files = written(format)
    for table, expected in (
        (TOUCHES, EXECUTION.touches),
        (TASKS, EXECUTION.tasks),
        (AUDIENCES, EXECUTION.audiences),
        (MOVES, EXECUTION.moves),
        (SKIPS, EXECUTION.skips),
    ):
        name = f"{table.name}.{format}"
        read = read_back(table, name, files[name])
        assert not read.problems
        if format == "csv":  # which writes every line end as one
            assert str(read.value) == str(expected).replace("\\r\\n", "\\n")
        else:
            assert read.value == expected


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff", b'id,"x', b"[]", b"{", b"null\n"])
@pytest.mark.parametrize("format", FORMATS)
def test_a_file_that_no_run_wrote_is_a_finding(format: Format, content: bytes) -> None:
    read = read_back(TOUCHES, f"touches.{format}", content)
    if content or format != "jsonl":  # no lines are an empty table
        assert [problem.code.id for problem in read.problems] == ["G0709"]
    assert read.value == ()


def test_empty_tables_still_have_their_header() -> None:
    files = written("csv", EMPTY)
    for table in TABLES:
        header = ",".join(column.name for column in table.columns)
        assert files[f"{table.name}.csv"].decode() == header + "\n"
    assert set(written("jsonl", EMPTY)["touches.jsonl"]) == set()
    empty = pyarrow.parquet.read_table(pyarrow.BufferReader(written("parquet", EMPTY)["touches.parquet"]))
    assert empty.column_names == [column.name for column in TOUCHES.columns]
    assert empty.num_rows == 0
    assert files["tasks_hubspot.csv"].decode() == ",".join(SYSTEM.columns) + "\n"


def test_every_column_says_what_it_is() -> None:
    for table in TABLES:
        assert table.doc.endswith(".")
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names)
        assert all(column.doc for column in table.columns)


_DIGEST = """
import hashlib
from gridlang.runtime import outputs
from tests.unit.rows.executed import EXECUTION
from tests.unit.schedule.sample import schedule
for format in ("csv", "jsonl", "parquet"):
    for file in outputs.files(schedule(), EXECUTION, format):
        print(file.path, hashlib.sha256(file.content).hexdigest())
"""


def test_the_same_run_gives_the_same_bytes_in_every_process() -> None:
    said = [
        subprocess.run(
            [sys.executable, "-c", _DIGEST],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1]
    assert len(said[0].splitlines()) == 3 * (len(TABLES) + 2)


# Formulas


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "'=1+1", "+45 20-30", "-"]
)
def test_what_a_spreadsheet_would_work_out_gets_an_apostrophe(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"
    assert original(neutral(cell)) == cell


@pytest.mark.parametrize("cell", ["+45 20 30 40 50", "+4520304050", "-12", "- 3.5", "x=1", "", "'n", "a@b.dk", "12"])
def test_numbers_telephones_and_plain_texts_stay(cell: str) -> None:
    assert neutral(cell) == cell


@pytest.mark.parametrize(
    ("cell", "stays"), [("@per", True), ("-a_1", True), ("+p-1", True), ("=1", False), ("@a(1)", False)]
)
def test_ids_stay_usable(cell: str, stays: bool) -> None:
    assert (neutral(cell, name=True) == cell) is stays
    assert original(neutral(cell, name=True), name=True) == cell


@given(st.text(alphabet="=+-@\t'1 a.＝", max_size=6), st.booleans())
def test_every_cell_comes_back(cell: str, name: bool) -> None:
    assert original(neutral(cell, name=name), name=name) == cell


# HubSpot


def test_hubspots_columns() -> None:
    (task,) = rows("tasks_hubspot.csv")  # the withdrawn one is left out
    assert task == {
        "hs_timestamp": "2027-02-10T08:00:00Z",
        "hs_task_subject": "Ring og aftal en prøvetur",
        "hs_task_body": "p1 (h1)\n+45 20 30 40 50\nSpørg til hunden\nmeeting_booked / no_time\ngridlang "
        + "0b" * 10
        + " plan.grid:84 plan family_car",
        "hubspot_owner_id": "mette@example.dk",
        "hs_task_status": "COMPLETED",
        "hs_task_priority": "HIGH",
        "hs_task_type": "CALL",
    }


def test_hubspots_request_maps_every_column() -> None:
    request = json.loads(written()["tasks_hubspot.json"])
    (file,) = request["files"]
    assert file["fileName"] == "tasks_hubspot.csv"
    mapped = [mapping["columnName"] for mapping in file["fileImportPage"]["columnMappings"]]
    assert mapped == list(rows("tasks_hubspot.csv")[0])
    assert request["importOperations"] == {"0-27": "CREATE"}


def test_more_rows_than_hubspot_takes_are_several_files() -> None:
    tasks = (EXECUTION.tasks[0],) * 5
    files = crm.files(SYSTEM, CrmOptions(most_rows=3), schedule(), tasks, None)
    assert [file.path for file in files] == [
        "tasks_hubspot.csv",
        "tasks_hubspot_2.csv",
        "tasks_hubspot_3.csv",
        "tasks_hubspot.json",
    ]
    assert [file.content.count(b"gridlang ") for file in files] == [2, 2, 1, 0]
    assert len(json.loads(files[-1].content)["files"]) == 3
