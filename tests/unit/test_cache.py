"""The cache: it saves work, and nothing is lost without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gridlang import cache


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(cache, "_folder", lambda: tmp_path / "cache")
    return tmp_path / "cache"


def test_a_value_is_worked_out_once_for_a_key(folder: Path) -> None:
    asked: list[str] = []

    def ask(key: str) -> list[str]:
        return cache.remembered("days", key, lambda: asked.append(key) or [key, "påske"])

    assert ask("DK") == ask("DK") == ["DK", "påske"]
    assert ask("SE") == ["SE", "påske"]
    assert asked == ["DK", "SE"]
    assert len(list(folder.iterdir())) == 2


def test_a_broken_entry_is_no_entry(folder: Path) -> None:
    assert cache.remembered("days", "DK", lambda: 1) == 1
    for place in folder.iterdir():
        place.write_bytes(b"\xff{")
    assert cache.remembered("days", "DK", lambda: 2) == 2
    assert cache.remembered("days", "DK", lambda: 3) == 2


def test_without_a_disk_everything_is_worked_out_again(folder: Path) -> None:
    folder.write_text("a file stands where the folder belongs")
    assert [cache.remembered("days", "DK", lambda n=n: n) for n in (1, 2)] == [1, 2]
