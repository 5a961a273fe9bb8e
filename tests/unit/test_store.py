"""The folder of a state on the disk."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from gridlang.runtime.state.manifest import Manifest, Packed, pack
from gridlang.store import Store


def made(word: str) -> tuple[Manifest, list[Packed]]:
    """A state of one file, which stands for all of them."""
    file = pack("accounts", [f"{word}\n".encode()])
    whole = Manifest(
        plan="shop",
        known="2027-02-01T00:00:00Z",
        until="2027-02-01T00:00:00Z",
        told="2027-01-01T00:00:00Z",
        shared=file.entry,
        accounts=file.entry,
        index=file.entry,
        schedule=file.entry,
        planned=file.entry,
        planned_schedule=file.entry,
        put_out=file.entry,
        before=file.entry,
        withdrawn=file.entry,
    )
    return whole, [file]


def word_of(store: Store) -> str:
    """What the state in the folder says."""
    found = store.read().value
    assert found is not None
    content = store.content(found.accounts).value
    assert content is not None
    return content.decode().strip()


def test_what_is_written_is_read_back_and_the_one_before_it_is_kept(tmp_path: Path) -> None:
    store = Store(tmp_path / "state")
    for word in ("one", "two", "three"):
        with store.held() as problem:
            assert problem is None
            assert store.write(*made(word)) is None
            assert not store.is_published
            assert store.publish() is None
            store.tidy()
        assert store.is_published
        assert word_of(store) == word
    assert len(list((tmp_path / "state" / "data").iterdir())) == 2
    os.replace(tmp_path / "state" / "manifest.before.json", tmp_path / "state" / "manifest.json")
    assert word_of(store) == "two"
    assert store.is_published


def test_only_one_may_hold_it(tmp_path: Path) -> None:
    with Store(tmp_path).held() as first, Store(tmp_path).held() as second:
        assert first is None
        assert second is not None
        assert second.code.id == "G1005"
    with Store(tmp_path).held() as third:
        assert third is None


def test_without_room_nothing_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full at whichever file is written: the state of before is whole, and what was begun is taken away."""
    store = Store(tmp_path / "state")
    with store.held():
        assert store.write(*made("one")) is None
    settle = os.fsync
    for full_at in (1, 2, 3, 4, 5):
        left = [full_at]

        def fsync(handle: int, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise OSError(errno.ENOSPC, "no room")
            settle(handle)

        monkeypatch.setattr(os, "fsync", fsync)
        with store.held():
            problem = store.write(*made("two"))
        monkeypatch.setattr(os, "fsync", settle)
        if problem is None:
            break
        assert problem.code.id == "G1009"
        assert word_of(store) == "one"
        assert len(list((tmp_path / "state" / "data").iterdir())) == 1
        assert not list((tmp_path / "state").rglob("*.part"))
    with store.held():
        assert store.write(*made("two")) is None
    assert word_of(store) == "two"


@pytest.mark.parametrize("damage", [b"", b"no gzip", b"\x1f\x8b\x08\x00"])
def test_a_file_that_is_not_as_it_was_written_is_refused(tmp_path: Path, damage: bytes) -> None:
    store = Store(tmp_path)
    whole, files = made("one")
    with store.held():
        store.write(whole, files)
    (tmp_path / "data" / whole.accounts.name).write_bytes(damage)
    (problem,) = store.content(whole.accounts).problems
    assert problem.code.id == "G1001"
    (tmp_path / "data" / whole.accounts.name).write_bytes(pack("accounts", [b"other\n"]).content)
    (problem,) = store.content(whole.accounts).problems
    assert "not what the manifest says" in problem.message


def test_a_place_where_no_folder_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "ascii")
    for place in (tmp_path / "file", tmp_path / "file" / "state"):
        with Store(place).held() as problem:
            assert problem is not None
            assert problem.code.id in ("G1007", "G1009")
