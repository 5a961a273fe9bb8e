"""The command itself: versions, help, exit codes, and what happens when everything goes wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

import gridlang
from gridlang import cli
from gridlang.cli.root import grid as group
from tests.unit.cli.shell import GRID, clean, grid


def test_version_and_help() -> None:
    assert grid("--version").stdout.strip().endswith(gridlang.__version__)
    shown = grid("--help")
    assert shown.returncode == 0
    for name in ("init", "check", "build", "run", "explain"):
        assert f"  {name} " in shown.stdout


def test_wrong_usage_is_2_and_names_what_was_meant() -> None:
    for arguments, words in [
        (["chekc"], "Did you mean `check`?"),
        (["nothing-like-it"], "No such command"),
        (["check", "--fromat", "json"], "No such option"),
        (["build", ".", "--target", "plan_htm"], "plan_html"),
        (["run", ".", "--from", "01-02-2027"], "year-month-day"),
        (["run", ".", "--max-issues", "-1"], "--max-issues"),
        (["explain", "chanel"], "Did you mean `channel`"),
    ]:
        done = grid(*arguments)
        assert done.returncode == 2, arguments
        assert words in done.stderr, arguments
        assert clean(done)


def raising(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> int | str | None:
    def fail(**_: object) -> NoReturn:
        raise error

    monkeypatch.setattr(group, "main", fail)
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    return stopped.value.code


def test_our_own_mistake_is_told_in_words(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("GRID_DEBUG", raising=False)
    assert raising(KeyError("nobody"), monkeypatch) == 70
    shown = capsys.readouterr().err
    assert "a mistake in gridlang, not in your plan" in shown
    assert "KeyError: 'nobody' (test_main.py, line" in shown
    assert "Traceback" not in shown


def test_our_own_mistake_in_full_for_those_who_mend_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRID_DEBUG", "1")
    with pytest.raises(KeyError):
        raising(KeyError("nobody"), monkeypatch)


def test_an_interrupt_is_no_mistake(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert raising(KeyboardInterrupt(), monkeypatch) == 130
    assert "Stopped" in capsys.readouterr().err


def test_a_reader_that_goes_away(tmp_path: Path) -> None:
    """`grid init … | true`: the pipe closes, and nobody is bothered with it."""
    process = subprocess.Popen(
        [GRID, "init", "plan"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == ""
    assert process.wait(60) == 141


def test_a_terminal_without_our_letters() -> None:
    done = grid("explain", "not-utf-8", PYTHONIOENCODING="koi8-r")
    assert done.returncode == 0
    assert "Letters such as ?, ? and ?" in done.stdout


def test_commands_import_nothing_heavy_before_they_work() -> None:
    words = "import sys, gridlang.cli.root, gridlang.cli; print([m for m in sys.modules if m.split('.')[0] in %r])"
    heavy = ("lark", "rich", "jinja2", "cattrs", "holidays", "babel", "icalendar", "pygraphviz", "pyarrow", "asyncio")
    done = subprocess.run([sys.executable, "-c", words % (heavy,)], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"
