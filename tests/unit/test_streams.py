"""Files too large for memory: written piece by piece, and yet whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from gridlang.files import renew, write
from gridlang.outputs import OutputFile, OutputStream, Sink


def stream(path: str, *pieces: bytes) -> OutputStream:
    def pour(sink: Sink) -> None:
        for piece in pieces:
            sink(piece)

    return OutputStream(path, pour)


def full(path: str) -> OutputStream:
    def pour(sink: Sink) -> None:
        sink(b"begun")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return OutputStream(path, pour)


def content(folder: Path) -> dict[str, bytes]:
    return {place.name: place.read_bytes() for place in folder.iterdir()}


def test_pieces_make_a_file_and_the_same_pieces_leave_it_alone(tmp_path: Path) -> None:
    first = write(tmp_path, [stream("a.csv", b"1,", b"2\n"), OutputFile("b.csv", b"b")])
    assert first.value.changed == ("a.csv", "b.csv")
    os.utime(tmp_path / "a.csv", (1, 1))
    second = write(tmp_path, [stream("a.csv", b"1", b",2\n"), OutputFile("b.csv", b"c")])
    assert (second.value.changed, second.value.unchanged) == (("b.csv",), ("a.csv",))
    assert (tmp_path / "a.csv").stat().st_mtime == 1
    assert content(tmp_path) == {"a.csv": b"1,2\n", "b.csv": b"c"}


def test_a_disk_that_fills_up_in_the_middle_changes_nothing(tmp_path: Path) -> None:
    assert not write(tmp_path, [stream("a.csv", b"old"), OutputFile("b.csv", b"old")]).problems
    outcome = renew(tmp_path, {"run": [stream("a.csv", b"new"), full("b.csv"), OutputFile("c.csv", b"new")]})
    assert [problem.code.id for problem in outcome.problems] == ["G0009"]
    assert content(tmp_path) == {"a.csv": b"old", "b.csv": b"old"}


def test_any_other_trouble_leaves_nothing_beside(tmp_path: Path) -> None:
    def pour(sink: Sink) -> None:
        sink(b"begun")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, [OutputStream("a.csv", pour)])
    assert content(tmp_path) == {}


def test_what_is_made_no_longer_is_taken_away(tmp_path: Path) -> None:
    assert not renew(tmp_path, {"run": [stream("a.csv", b"a"), stream("b.csv", b"b")]}).problems
    (tmp_path / "a.csv").write_bytes(b"mine now")
    outcome = renew(tmp_path, {"run": [stream("c.csv", b"c")]})
    assert (outcome.value.removed, outcome.value.kept) == (("b.csv",), ("a.csv",))
