"""The engine writes the same bytes as the outputs of the reference do."""

from __future__ import annotations

import errno
import io
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyarrow.parquet
import pytest

from gridlang.cli.period import stretch
from gridlang.cli.plan import load
from gridlang.outputs import OutputFile, OutputStream
from gridlang.runtime import reference
from gridlang.runtime.engine.columns import Columns
from gridlang.runtime.engine.reading import read as read_columns
from gridlang.runtime.engine.writing import Run, files, merged
from gridlang.runtime.engine.writing.ahead import ahead
from gridlang.runtime.engine.writing.rows import rows
from gridlang.runtime.engine.writing.tables import CHUNK
from gridlang.runtime.inputs import read
from gridlang.runtime.outputs import Format
from gridlang.runtime.outputs.encode import as_csv, as_jsonl, as_parquet
from gridlang.runtime.outputs.tables import TABLES
from gridlang.runtime.rows import Execution
from gridlang.schedule.model import Schedule
from tests.unit.engine.parts_of_rows import part_of, shuffled
from tests.unit.engine.test_dirty import LONG
from tests.unit.engine.test_reading import PLANS, files_of

SMALL = [place for place in PLANS if LONG or place.name in ("family_car", "canteen_dishwasher", "boats")]


@cache
def executed(folder: Path) -> tuple[Schedule, Columns, Execution]:
    schedule = load(str(folder)).schedule
    assert schedule is not None
    start, until = stretch(schedule.plan, None, None)
    given = files_of(folder)
    execution = reference.execute(schedule, read(schedule, given).value, start, until)
    return schedule, read_columns(schedule, given).value, execution


def content(output: OutputFile | OutputStream) -> bytes:
    if isinstance(output, OutputFile):
        return output.content
    out = io.BytesIO()
    output.write(out.write)
    return out.getvalue()


def run_of(folder: Path) -> tuple[Run, Execution]:
    schedule, columns, execution = executed(folder)
    parts = [shuffled(part_of(schedule, columns, execution), 1)]
    return Run.of(schedule, columns, merged(schedule, parts), lambda rows, at: (0, 0, (), at)), execution


@pytest.mark.parametrize("folder", SMALL, ids=lambda place: place.name)
def test_csv_and_json_lines_are_the_same_bytes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gridlang.runtime.engine.writing.tables.CHUNK", 77)
    run, execution = run_of(folder)
    for format, encode in (("csv", as_csv), ("jsonl", as_jsonl)):
        written = {each.path: content(each) for each in files(run, lambda: execution, format)}
        assert written.keys() == {f"{table.name}.{format}" for table in TABLES}
        for table in TABLES:
            expected = encode(table.columns, table.rows(run.schedule, execution))
            assert written[f"{table.name}.{format}"].split(b"\n") == expected.split(b"\n"), table.name


@pytest.mark.parametrize("folder", SMALL, ids=lambda place: place.name)
def test_parquet_is_the_same_table(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gridlang.runtime.engine.writing.tables.CHUNK", 1000)
    run, execution = run_of(folder)
    for output in files(run, lambda: execution, "parquet"):
        table = next(table for table in TABLES if f"{table.name}.parquet" == output.path)
        expected = as_parquet(table.columns, table.rows(run.schedule, execution))
        found, wanted = (pyarrow.parquet.read_table(io.BytesIO(data)) for data in (content(output), expected))
        assert found.schema.equals(wanted.schema, check_metadata=True), table.name
        assert found.equals(wanted), table.name


@pytest.mark.parametrize("folder", SMALL, ids=lambda place: place.name)
def test_chunks_are_the_rows_of_the_execution(folder: Path) -> None:
    run, execution = run_of(folder)
    for table, chunks, size in run.chunks():
        found = [row for chunk in chunks() for row in rows(table, chunk)]
        assert found == list(table.rows(run.schedule, execution))
        assert len(found) == size
        assert size <= CHUNK


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet"])
def test_a_full_disk_is_told_as_it_is(format: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gridlang.runtime.engine.writing.tables.CHUNK", 20)
    run, execution = run_of(SMALL[0])
    room = 5000

    def sink(piece: bytes) -> None:
        nonlocal room
        room -= len(piece)
        if room < 0:
            raise OSError(errno.ENOSPC, "No space left on device")

    touches, before = files(run, lambda: execution, format)[0], threading.active_count()
    with pytest.raises(OSError, match="No space left") as raised:
        touches.write(sink)
    assert raised.value.errno == errno.ENOSPC
    assert threading.active_count() == before


def test_what_fails_while_a_chunk_is_made_is_told_where_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gridlang.runtime.engine.writing.tables.CHUNK", 20)
    run, execution = run_of(SMALL[0])
    made: list[int] = []

    def broken(texts: object, moments: object, person: object) -> object:
        made.append(1)
        raise ZeroDivisionError

    monkeypatch.setattr("gridlang.runtime.engine.writing.clocks.Clocks.texts", broken)
    touches = next(iter(files(run, lambda: execution, "csv")))
    with pytest.raises(ZeroDivisionError):
        content(touches)
    assert len(made) == 1


def test_chunks_are_made_ahead_one_at_a_time_and_in_order() -> None:
    made: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(5):
            made.append(number)
            yield number

    with ahead(numbers()) as found:
        assert next(found) == 0
        assert next(found) == 1
    assert made in ([0, 1], [0, 1, 2])
    made.clear()
    with ahead(numbers()) as found:
        assert list(found) == [0, 1, 2, 3, 4]
