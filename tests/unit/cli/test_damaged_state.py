"""A state that is not as a run wrote it: refused in one message that names the file and the way out, never guessed."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gridlang.runtime.state.records import OLDEST, VERSION
from tests.unit.cli.inside import grid
from tests.unit.cli.killing import tree
from tests.unit.cli.test_state import EVENTS, PERSONS, PLAN

FILES = ("shared", "accounts", "index", "schedule", "planned", "planned_schedule", "put_out")
"""What every run reads of a state, and what `grid story` reads of it, by their names in the manifest."""
SHARED = ("schedule", "planned_schedule", "facts", "before")
"""What the state of the run before has as well, so that it is no way out."""
AGAIN = ("before", "withdrawn")
"""What a run reads that is run again."""
WAY_OUT = "by copying manifest.before.json over manifest.json; or begin anew in another folder"


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three runs of a small plan: people who wait for their mail, one who has paid and gets it no more."""
    folder = tmp_path_factory.mktemp("lived")
    shop = folder / "shop"
    shop.mkdir()
    (shop / "plan.grid").write_text(PLAN, "utf-8")
    (shop / "persons.csv").write_text(PERSONS, "utf-8")
    (shop / "events.csv").write_text(EVENTS, "utf-8")
    for options in (["--until", "2027-01-10"], ["--known", "2027-01-12", "--until", "2027-01-20"]):
        assert run(folder, *options) == (0, "")
    (shop / "events.csv").write_text(EVENTS + "per,2027-01-13 12:00,paid\n", "utf-8")
    assert run(folder, *SAME) == (0, "")
    return folder


@pytest.fixture
def office(lived: Path, tmp_path: Path) -> Path:
    return shutil.copytree(lived, tmp_path / "office")


def run(office: Path, *options: str) -> tuple[int, str]:
    """The exit code, and what was said on stderr, its lines put together."""
    done = grid("run", office / "shop", "--state", office / "state", "--out", office / "out", *options)
    return done.returncode, " ".join(done.stderr.split())


def story(office: Path, command: str = "story") -> tuple[int, str]:
    done = grid(command, "per", "--state", office / "state")
    return done.returncode, " ".join(done.stderr.split())


ON = ("--until", "2027-01-25")
SAME = ("--known", "2027-01-14", "--until", "2027-01-20")


def manifest(office: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((office / "state" / "manifest.json").read_text("utf-8"))
    return found


def write_manifest(office: Path, content: object) -> None:
    (office / "state" / "manifest.json").write_text(json.dumps(content), "utf-8")


def entry(found: dict[str, Any], name: str) -> dict[str, str]:
    of = found["facts"][-1]["rows"] if name == "facts" else found[name]
    assert isinstance(of, dict)
    return of


def place(office: Path, name: str) -> Path:
    """The file of the state that the manifest calls so."""
    return office / "state" / "data" / entry(manifest(office), name)["name"]


def refused(told: tuple[int, str], file: str, code: str = "G1001") -> str:
    """One message, in words: which file, why, and the way out."""
    assert told[0] == 2, told
    assert told[1].count("error[") == 1, told[1]
    assert f"error[{code}]" in told[1]
    assert file in told[1]
    assert len(told[1]) < 800
    assert code != "G1001" or WAY_OUT in told[1]
    return told[1]


# --- versions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["run", "story", "explain"])
@pytest.mark.parametrize(
    ("version", "code", "way_out"),
    [
        (OLDEST - 1, "G1003", "end the plan with the version of gridlang that wrote it, or begin anew"),
        (-1, "G1003", "end the plan with the version of gridlang that wrote it, or begin anew"),
        (VERSION + 1, "G1002", "update gridlang: pip install --upgrade gridlang"),
        (10**30, "G1002", "update gridlang: pip install --upgrade gridlang"),
        (str(VERSION), "G1001", "it does not say its version"),
        (float(VERSION), "G1001", "it does not say its version"),
        (True, "G1001", "it does not say its version"),
        (None, "G1001", "it does not say its version"),
        ("left out", "G1001", "it does not say its version"),
    ],
)
def test_another_version_is_refused(office: Path, command: str, version: object, code: str, way_out: str) -> None:
    changed = {**manifest(office), "version": version}
    if version == "left out":
        del changed["version"]
    write_manifest(office, changed)
    before = tree(office)
    told = run(office, *ON) if command == "run" else story(office, command)
    assert way_out in refused(told, "manifest.json", code)
    assert tree(office) == before


def test_a_state_of_version_1_is_taken_up(office: Path, tmp_path: Path) -> None:
    """It has no index: the first run looks at every account, and leaves what it would have left of a newer one."""
    older = shutil.copytree(office, tmp_path / "older")
    found = manifest(older)
    place(older, "index").unlink()
    del found["index"]
    write_manifest(older, {**found, "version": 1})
    mark = hashlib.sha256((older / "state" / "manifest.json").read_bytes()).hexdigest()
    (older / "state" / "published").write_text(f"{mark}\n", "ascii")
    for each in (office, older):
        assert run(each, *ON) == (0, "")
    assert manifest(older) == manifest(office)
    assert story(older) == (0, "")


@pytest.mark.parametrize("version", [1, 2])
def test_a_version_that_its_files_are_not_of(office: Path, version: int) -> None:
    found = manifest(office)
    if version == VERSION:
        del found["index"]
    write_manifest(office, {**found, "version": version})
    refused(run(office, *ON), "manifest.json")


@pytest.mark.parametrize("name", ["schedule", "planned_schedule"])
def test_a_schedule_of_a_newer_version_within_it_is_told_as_that(office: Path, name: str) -> None:
    plain = json.loads(gzip.decompress(place(office, name).read_bytes()))
    changed = forged(office, name, json.dumps({**plain, "version": plain["version"] + 1}).encode())
    told = story(office) if name == "planned_schedule" else run(office, *ON)
    assert "update gridlang" in refused(told, changed, "G0603")


# --- the manifest ----------------------------------------------------------------------------------------------------

BROKEN_MANIFESTS = {
    "empty": b"",
    "half": b'{"format": "gridlang.state", "version": 1, "plan": "sh',
    "no text": b"\xff\xfe\x00",
    "zeros": b"\0" * 4096,
    "a list": b"[]",
    "null": b"null",
    "a number": b"7",
    "a schedule": b'{"format": "gridlang.schedule", "version": 1}',
    "nothing in it": b'{"format": "gridlang.state", "version": 1}',
    "a bomb": b"[" * 100_000,
}


@pytest.mark.parametrize("command", ["run", "story"])
@pytest.mark.parametrize("content", BROKEN_MANIFESTS.values(), ids=BROKEN_MANIFESTS)
def test_a_broken_manifest(office: Path, content: bytes, command: str) -> None:
    (office / "state" / "manifest.json").write_bytes(content)
    before = tree(office)
    refused(run(office, *ON) if command == "run" else story(office), "manifest.json")
    assert tree(office) == before


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("known", "yesterday"), ("known", 1798761600), ("known", None), ("told", ""), ("until", "2027-13-01T00:00:00Z"),
        ("accounts", {"name": "x"}), ("accounts", []), ("facts", {}), ("facts", [{}]), ("plan", 7), ("surprise", 1),
        ("shared", {"name": "../../shop/persons.csv", "sha256": "0" * 64}),
        ("shared", {"name": "/etc/hostname", "sha256": "0" * 64}),
    ],
)  # fmt: skip
def test_a_manifest_changed_by_hand(office: Path, key: str, value: object) -> None:
    write_manifest(office, {**manifest(office), key: value})
    before = tree(office)
    refused(run(office, *ON), "manifest.json")
    assert tree(office) == before


# --- the tables ------------------------------------------------------------------------------------------------------


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-9])


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def unpacked(file: Path) -> None:
    file.write_bytes(gzip.decompress(file.read_bytes()))


def edited(file: Path) -> None:
    """A letter of it, by somebody who packs it again."""
    plain = gzip.decompress(file.read_bytes())
    file.write_bytes(gzip.compress(plain.replace(b"2", b"3", 1) if b"2" in plain else plain + b"{}\n"))


def flipped(file: Path) -> None:
    """A bit, by the disk."""
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 4
    file.write_bytes(content)


def longer(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"more")


def missing(file: Path) -> None:
    file.unlink()


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


DAMAGES = (cut, emptied, unpacked, edited, flipped, longer, missing, a_folder)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("name", [*FILES, *AGAIN, "facts"])
def test_a_damaged_table(office: Path, name: str, damage: Callable[[Path], None]) -> None:
    """In each of its files each damage: whoever reads that file refuses, nothing changes, and the way out works."""
    file = place(office, name)
    damage(file)
    before = tree(office)
    reads = {"facts": [story(office)], "planned": [story(office)], "planned_schedule": [story(office)]}
    told = reads.get(name) or [run(office, *(SAME if name in AGAIN else ON))]
    for each in told:
        refused(each, file.name)
    assert tree(office) == before
    if damage is cut and name not in SHARED:
        shutil.copy(office / "state" / "manifest.before.json", office / "state" / "manifest.json")
        if file.is_dir():
            file.rmdir()
        assert run(office, *ON) == (0, "")
        assert story(office) == (0, "")


def forged(office: Path, name: str, plain: bytes) -> str:
    """Write a file of the state and what the manifest says of it: nobody does it by mistake. Gives the file's name."""
    found, file = manifest(office), place(office, name)
    file.write_bytes(gzip.compress(plain))
    for each in (found, *found["facts"]):
        for value in each.values():
            if isinstance(value, dict) and value.get("name") == file.name:
                value["sha256"] = hashlib.sha256(plain).hexdigest()
    write_manifest(office, found)
    return file.name


def without(key: str) -> Callable[[dict[str, Any]], None]:
    return lambda record: record.pop(key)


def given(value: object, *path: str | int) -> Callable[[Any], None]:
    def change(record: Any) -> None:
        for key in path[:-1]:
            record = record[key]
        record[path[-1]] = value

    return change


FORGED = {
    "an account without id": ("accounts", without("id")),
    "a number that is a text": ("accounts", given("soon", "touched")),
    "a truth that is a number": ("accounts", given(1, "entered")),
    "a key of tomorrow": ("accounts", given(1, "surprise")),
    "a person that is none": ("accounts", given("per", "people", 0)),
    "a key of tomorrow in a person": ("accounts", given(1, "people", 0, "surprise")),
    "a value of no kind": ("accounts", given({"colour": "red"}, "people", 0, "attributes", "email")),
    "a value of two kinds": ("accounts", given({"date": "2027-01-01", "time": "09:00"}, "people", 0, "since")),
    "a date that is none": ("accounts", given({"date": "2027-02-30"}, "people", 0, "since")),
    "a date that is a number": ("accounts", given({"date": 7}, "people", 0, "since")),
    "a decimal that is none": ("accounts", given({"decimal": "ten"}, "people", 0, "since")),
    "a money that is none": ("accounts", given({"money": "ten crowns"}, "people", 0, "since")),
    "half a number": ("accounts", given(1.5, "people", 0, "attributes", "email")),
    "a list of numbers": ("accounts", given([1], "people", 0, "attributes", "email")),
    "an index without people": ("index", without("people")),
    "an index of one account too few": ("index", lambda column: column["people"].pop()),
    "an index in which people are numbers": ("index", given([7], "people", 0)),
    "a plan without its moment": ("shared", without("known")),
    "a plan with a key of tomorrow": ("shared", given(1, "surprise")),
    "a table that is none": ("put_out", given("reports", "table")),
    "a table of no kind": ("put_out", given([], "table")),
    "a table that is none, before": ("before", given("reports", "table")),
}


@pytest.mark.parametrize(("name", "change"), FORGED.values(), ids=FORGED)
def test_a_forged_table(office: Path, name: str, change: Callable[[Any], None]) -> None:
    lines = gzip.decompress(place(office, name).read_bytes()).splitlines()
    marks = {"accounts": b'"people":[{"id":"per"', "index": b'"people":'}
    number = next(at for at, line in enumerate(lines) if marks.get(name, b"") in line)
    record = json.loads(lines[number])
    change(record)
    lines[number] = json.dumps(record).encode()
    file = forged(office, name, b"".join(line + b"\n" for line in lines))
    if name == "accounts":
        _looked_at(office)
    before = tree(office)
    refused(run(office, *(SAME if name in AGAIN else ON)), file)
    assert tree(office) == before


def _looked_at(office: Path) -> None:
    """The index says what the forged accounts say, and the row of one of them changes."""
    head, *columns = gzip.decompress(place(office, "index").read_bytes()).splitlines()
    of = {**json.loads(head), "of": entry(manifest(office), "accounts")["sha256"]}
    forged(office, "index", b"".join(line + b"\n" for line in (json.dumps(of).encode(), *columns)))
    persons = office / "shop" / "persons.csv"
    persons.write_text(persons.read_text("utf-8").replace("per@", "peer@"), "utf-8")


def test_an_account_that_a_day_passes_over_is_not_taken_from_a_forger(office: Path) -> None:
    """Nothing happens to them that day; the index knows of which accounts it is."""
    plain = gzip.decompress(place(office, "accounts").read_bytes())
    file = forged(office, "accounts", plain.replace(b'"entered":true', b'"entered":false', 1))
    refused(run(office, "--until", "2027-01-15"), file)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"{", b"[" * 100_000, b"7", b"null"], ids=lambda content: content[:2])
@pytest.mark.parametrize("name", ["accounts", "index", "shared", "put_out", "schedule"])
def test_lines_that_are_no_records(office: Path, name: str, content: bytes) -> None:
    file = forged(office, name, content + b"\n")
    refused(run(office, *ON), file)


# --- what a state can do without -------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"\xff", b"nonsense\n", None])
def test_a_lost_mark_of_what_was_published_tells_the_last_tables_again(office: Path, content: bytes | None) -> None:
    """Better told twice, with the same ids, than never."""
    before = tree(office / "out")
    mark = office / "state" / "published"
    mark.unlink()
    if content is not None:
        mark.write_bytes(content)
    assert run(office, *SAME) == (0, "")
    assert tree(office / "out") == before


def test_a_state_whose_run_before_is_damaged_goes_on(office: Path) -> None:
    (office / "state" / "manifest.before.json").write_bytes(b"{")
    assert run(office, *ON) == (0, "")
    assert story(office) == (0, "")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_state_that_may_not_be_read(office: Path) -> None:
    (office / "state" / "manifest.json").chmod(0)
    refused(run(office, *ON), "manifest.json")
