"""The wheel in a fresh environment, away from the checkout: what a user gets. `pytest -m real` runs it."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.real


def called(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a program without anything of the checkout in its way; its output is shown when it fails."""
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    environment["XDG_CACHE_HOME"] = str(cwd / "cache")
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    called(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT, cwd=folder)
    (found,) = folder.glob("gridlang-*.whl")
    return found


@pytest.fixture(scope="module")
def grid(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    called(folder / "bin" / "python", "-m", "pip", "install", "--quiet", wheel, cwd=folder)
    return folder / "bin" / "grid"


def test_the_wheel_carries_everything(wheel: Path) -> None:
    carried = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        place.relative_to(ROOT).as_posix()
        for place in (ROOT / "gridlang").rglob("*")
        if place.is_file() and "__pycache__" not in place.parts
    }
    wanted |= {f"gridlang/_stdlib/{place.relative_to(ROOT / 'stdlib')}" for place in (ROOT / "stdlib").rglob("*.grid")}
    wanted.add("gridlang/_grammar/grid.lark")
    assert not wanted - carried
    assert not [name for name in carried if name.startswith(("tests/", "examples/", "grammar/", "stdlib/"))]


def test_a_plan_from_nothing(grid: Path, tmp_path: Path) -> None:
    called(grid, "init", "shop", cwd=tmp_path)
    checked = called(grid, "check", "shop", cwd=tmp_path)
    assert "error" not in checked.stderr
    called(grid, "build", "shop", cwd=tmp_path)
    assert (tmp_path / "shop" / "out" / "plan.html").stat().st_size > 10_000
    called(grid, "run", "shop", cwd=tmp_path)
    touches = (tmp_path / "shop" / "out" / "run" / "touches.csv").read_text(encoding="utf-8").splitlines()
    assert len(touches) > 5
    assert called(grid, "explain", touches[1].split(",")[0], "--run", "shop/out/run", cwd=tmp_path).stdout


def test_an_example(grid: Path, tmp_path: Path) -> None:
    called(grid, "build", ROOT / "examples" / "family_car", "--out", tmp_path / "built", cwd=tmp_path)
    assert (tmp_path / "built" / "schedule.json").is_file()


def test_the_manual(grid: Path, tmp_path: Path) -> None:
    assert "Mended" in called(grid, "explain", "G0202", cwd=tmp_path).stdout
    assert "send CHANNEL" in called(grid, "explain", "send", cwd=tmp_path).stdout
