"""People and events as the world sends them, run from the shell's side by both executions: what can be used is run,
what cannot stands in the issues, and a file that is none ends the run in one message and changes nothing."""

from __future__ import annotations

import csv
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.cli.inside import grid
from tests.unit.cli.killing import tree

pytest.importorskip("numba")
pyarrow = pytest.importorskip("pyarrow")

from tests.unit.engine import test_dirty as dirty  # noqa: E402 - after it is known that there is an engine

EXAMPLE = Path(__file__).parents[3] / "examples" / "family_car"
ENGINES = ("reference", "compiled")


def run(engine: str, persons: Path, events: Path, out: Path) -> tuple[int, str, str]:
    """The exit code, and what was said, but of the folder."""
    done = grid(
        *("run", EXAMPLE, "--engine", engine, "--until", "2027-06-01"),
        *("--persons", persons, "--events", events, "--out", out),
    )
    return done.returncode, done.stdout.split("The tables stand in")[0], done.stderr


def by_both(persons: Path, events: Path, folder: Path) -> dict[str, bytes]:
    """The outputs of a run, which both executions give."""
    told = {engine: run(engine, persons, events, folder / engine) for engine in ENGINES}
    assert told["reference"][0] == 0, told["reference"][2]
    assert told["compiled"] == told["reference"]
    written = tree(folder / "reference")
    assert tree(folder / "compiled") == written
    return written


def table(written: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(written[f"{name}.csv"].decode("utf-8").splitlines()))


@pytest.mark.parametrize("ending", list(dirty.WRITERS))
def test_a_tenth_of_the_rows_is_garbage(ending: str, tmp_path: Path) -> None:
    """Every row that is not taken is told with its place, and most people get what they were to get."""
    chance, write = random.Random(ending), dirty.WRITERS[ending]
    places = []
    for name in ("persons", "events"):
        places.append(tmp_path / f"{name}.{ending}")
        places[-1].write_bytes(write(dirty.dirtied(dirty.rows_of("family_car", name), 0.1, 11), chance))
    written = by_both(*places, tmp_path)
    issues = table(written, "issues")
    refused = {(issue["file"], issue["row"]) for issue in issues if issue["refused"] == "true"}
    assert len(refused) > 20
    assert all(issue["code"] and issue["reason"] for issue in issues)
    assert {issue["file"] for issue in issues} == {place.name for place in places}
    assert len(table(written, "touches")) > 100


def test_events_in_any_order(tmp_path: Path) -> None:
    """By time, backwards and shuffled: the same outputs."""
    lines = (EXAMPLE / "events.csv").read_text("utf-8").splitlines()
    head, rows = lines[0], lines[1:]
    shuffled = random.Random(3).sample(rows, len(rows))
    found = []
    for number, order in enumerate((rows, rows[::-1], shuffled)):
        (tmp_path / "events.csv").write_text("\n".join([head, *order]) + "\n", "utf-8")
        found.append(by_both(EXAMPLE / "persons.csv", tmp_path / "events.csv", tmp_path / str(number)))
    assert table(found[0], "touches")
    for name in ("touches", "tasks", "moves", "skips", "audiences"):
        assert found[0][f"{name}.csv"] == found[1][f"{name}.csv"] == found[2][f"{name}.csv"], name


def cut(content: bytes) -> bytes:
    return content[:-100]


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def nothing(content: bytes) -> bytes:
    return b""


def other_magic(content: bytes) -> bytes:
    return content[:-4] + b"XXXX"


def huge_footer(content: bytes) -> bytes:
    return content[:-8] + b"\xff\xff\xff\x7f" + content[-4:]


def broken_page(content: bytes) -> bytes:
    third = len(content) // 3
    return content[:third] + b"\xaa" * 50 + content[third + 50 :]


def really_csv(content: bytes) -> bytes:
    return b"id,contact,at,event\n"


BREAKS = (cut, half, nothing, other_magic, huge_footer, broken_page, really_csv)


@pytest.fixture(scope="module")
def parquet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parquet")
    (folder / "persons.parquet").write_bytes(dirty.parquet_of(dirty.typed_people(random.Random(1))))
    (folder / "events.parquet").write_bytes(dirty.parquet_of(dirty.typed_events("us", "UTC")))
    return folder


def refused(folder: Path, parquet: Path, code: str, file: str) -> None:
    """By both in one message, and the outputs of before stay."""
    (folder / "out").mkdir()
    (folder / "out" / "touches.csv").write_text("those of yesterday")
    before = tree(folder)
    told = {engine: run(engine, *parquets(parquet), folder / "out") for engine in ENGINES}
    assert told["compiled"] == told["reference"]
    code_of, shown, said = told["reference"]
    assert (code_of, shown) == (2, "")
    assert said.count("error[") == 1
    assert f"error[{code}]: {file}" in said
    assert "= help: " in said
    assert len(said) < 600, "the plan's own findings would hide it"
    assert tree(folder) == before


def parquets(folder: Path) -> tuple[Path, Path]:
    return folder / "persons.parquet", folder / "events.parquet"


@pytest.mark.parametrize("broken", BREAKS, ids=lambda broken: broken.__name__)
@pytest.mark.parametrize("name", ["persons", "events"])
def test_broken_parquet(name: str, broken: Callable[[bytes], bytes], parquet: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(parquet, tmp_path / "given")
    place = copy / f"{name}.parquet"
    place.write_bytes(broken(place.read_bytes()))
    (tmp_path / "folder").mkdir()
    refused(tmp_path / "folder", copy, "G0707", place.name)


@pytest.mark.parametrize(
    ("name", "column", "array"),
    [
        ("persons", "id", lambda count: pyarrow.array([{"a": 1}] * count)),
        ("events", "contact", lambda count: pyarrow.array([[{"a": 1}]] * count)),
        ("events", "at", lambda count: pyarrow.array([{"day": 1}] * count)),
    ],
)
def test_a_column_that_holds_no_values(
    name: str, column: str, array: Callable[[int], object], parquet: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(parquet, tmp_path / "given")
    _with(copy / f"{name}.parquet", column, array)
    (tmp_path / "folder").mkdir()
    refused(tmp_path / "folder", copy, "G0708", f"{name}.parquet")


@pytest.mark.parametrize(
    ("name", "column", "array"),
    [
        ("events", "at", lambda count: pyarrow.array([True] * count)),
        ("events", "at", lambda count: pyarrow.array(range(count))),
        ("events", "event", lambda count: pyarrow.array([b"\xff"] * count)),
        ("persons", "lease_ends", lambda count: pyarrow.array([0.5] * count)),
    ],
)
def test_a_column_of_another_type(
    name: str, column: str, array: Callable[[int], object], parquet: Path, tmp_path: Path
) -> None:
    """Its rows cannot be used, and say so; the others run."""
    copy = shutil.copytree(parquet, tmp_path / "given")
    _with(copy / f"{name}.parquet", column, array)
    written = by_both(*parquets(copy), tmp_path)
    assert {issue["file"] for issue in table(written, "issues")} >= {f"{name}.parquet"}


def _with(place: Path, column: str, array: Callable[[int], object]) -> None:
    found = pyarrow.parquet.read_table(place)
    at = found.column_names.index(column)
    place.write_bytes(dirty.parquet_of(found.set_column(at, column, array(found.num_rows))))
