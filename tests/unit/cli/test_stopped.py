"""A run without a state that is killed, or stopped with Ctrl-C, at any moment of the disk: every output is whole."""

from __future__ import annotations

import importlib.util
import random
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from tests.unit.cli import killing
from tests.unit.cli.test_state import PLAN

ENGINES = [
    "reference",
    pytest.param(
        "compiled",
        marks=pytest.mark.skipif(importlib.util.find_spec("numba") is None, reason="the extra `engine` is missing"),
    ),
]
MOMENTS = 8


@attrs.frozen
class House:
    """A plan, the outputs of an `earlier` run on fewer people, and those that are `meant` to replace them."""

    folder: Path
    earlier: dict[str, bytes]
    meant: dict[str, bytes]
    steps: int

    def run(self, step: int, by: signal.Signals) -> int:
        """A run over the earlier outputs, ended before that moment."""
        shutil.rmtree(self.folder / "out", ignore_errors=True)
        shutil.copytree(self.folder / "earlier", self.folder / "out")
        return killing.run(self.arguments("out"), step=step, by=by)

    def again(self) -> int:
        return killing.run(self.arguments("out"))

    def left(self) -> dict[str, bytes]:
        return killing.tree(self.folder / "out")

    def arguments(self, out: str) -> list[str]:
        return arguments(self.folder, out)

    def moments(self, seed: str) -> list[int]:
        return sorted(random.Random(seed).sample(range(1, self.steps + 1), min(self.steps, MOMENTS)))


def arguments(folder: Path, out: str) -> list[str]:
    engine = folder.name
    return ["run", str(folder / "shop"), "--engine", engine, "--until", "2027-03-01", "--out", str(folder / out)]


@pytest.fixture(scope="module", params=ENGINES)
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("stopped") / request.param
    (folder / "shop").mkdir(parents=True)
    (folder / "shop" / "plan.grid").write_text(PLAN, "utf-8")
    (folder / "shop" / "events.csv").write_text("contact,at,event\np1,2027-01-13 12:00,paid\n", "utf-8")
    with killing.remembering():
        for count, out in ((20, "earlier"), (200, "meant")):
            people = "".join(f"p{number},p{number}@example.dk,email\n" for number in range(count))
            (folder / "shop" / "persons.csv").write_text(f"id,email,consent\n{people}", "utf-8")
            killing.warm(arguments(folder, out))
        shutil.copytree(folder / "earlier", folder / "out")
        assert killing.run(arguments(folder, "out"), counted=folder / "counted") == 0
        meant = killing.tree(folder / "meant")
        assert killing.tree(folder / "out") == meant
        steps = int((folder / "counted").read_text("ascii"))
        yield House(folder, killing.tree(folder / "earlier"), meant, steps)


def test_killed_each_output_is_the_old_or_the_new_and_the_next_run_mends_it(house: House) -> None:
    for step in house.moments("killed"):
        assert house.run(step, signal.SIGKILL) == killing.KILLED
        left = house.left()
        for name in house.meant:
            assert left[name] in (house.earlier[name], house.meant[name]), name
        assert house.again() == 0
        assert house.left() == house.meant


def test_stopped_all_outputs_are_the_old_or_all_are_the_new(house: House) -> None:
    seen = set()
    for step in sorted({*house.moments("stopped"), house.steps - 8, house.steps - 4, house.steps}):
        assert house.run(step, signal.SIGINT) == 130
        assert house.left() in (house.earlier, house.meant), step
        seen.add(house.left() == house.meant)
    assert seen == {False, True}
