"""R26, the disk: killed at any moment and run again, a run leaves what one leaves that was never killed.

A dozen moments in the default run; `pytest -m real tests/unit/cli/test_killed.py` tries two hundred over the examples.
"""

from __future__ import annotations

import random
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from tests.unit.cli import killing
from tests.unit.cli.test_state import PLAN

EXAMPLES = Path(__file__).parents[3] / "examples"
SHOP = "shop"
"""The small plan of `test_state`, with many people."""
CUTS = {
    SHOP: ("2027-01-20", "2027-02-03", "2027-02-20"),
    "canteen_dishwasher": ("2027-03-01", "2027-03-15", "2027-04-01"),
    "family_car": ("2027-03-01", "2027-03-15", "2027-04-01"),
    "holiday_trip": ("2027-03-01", "2027-03-15", "2027-04-01"),
}
"""Up to which day the run before went; how far the killed one knows, and its end."""


@pytest.fixture(autouse=True)
def warm() -> Iterator[None]:
    with killing.remembering():
        yield


@attrs.define
class Place:
    """Where a run has its state and its outputs: `before` it, and as it is `meant` to leave them.

    `left`: what killed runs have left, each file by its path. A run is a function of what stands on the disk, so what
    was gone on from once is not gone on from again.
    """

    plan: str
    root: Path
    arguments: list[str]
    meant: dict[str, bytes]
    steps: int = 0
    seconds: float = 0.0
    left: list[dict[str, bytes]] = attrs.field(factory=list)

    def killed(
        self, name: str, *, step: int | None = None, seconds: float | None = None, torn: int | None = None
    ) -> None:
        """Kill a run, then run again; the state and the outputs are those of one that was never killed."""
        work = self.root / name
        shutil.copytree(self.root / "before", work)
        code = killing.run(self.at(work), step=step, seconds=seconds, torn=torn)
        by = killing.KILLED if torn is None else killing.TORN
        assert code in ((by,) if seconds is None else (0, by))
        left = killing.tree(work)
        if left not in self.left:
            self.left.append(left)
            assert killing.run(self.at(work)) == 0
            self.is_as_meant(work)
        shutil.rmtree(work)

    def is_as_meant(self, work: Path) -> None:
        left = killing.tree(work)
        assert left.keys() == self.meant.keys()
        assert [path for path in left if left[path] != self.meant[path]] == []

    def at(self, work: Path) -> list[str]:
        return [*self.arguments, "--state", str(work / "state"), "--out", str(work / "out")]


def place(plan: str, root: Path, *, first: bool = False) -> Place:
    """Live up to the first cut; then once as it is meant, to count its moments. `first`: there was no run before."""
    began, known, until = CUTS[plan]
    (root / "before").mkdir(parents=True)
    common = ["run", str(_shop(root / "shop") if plan == SHOP else EXAMPLES / plan)]
    found = Place(plan, root, [*common, "--known", known, "--until", until], {})
    if not first:
        killing.warm([*common, "--until", began, *found.at(root / "before")[len(found.arguments) :]])
    shutil.copytree(root / "before", root / "meant")
    killing.warm(found.at(root / "meant"))
    found.meant = killing.tree(root / "meant")
    # Counted in a second one: the first also remembers what is dear to work out, for all that come.
    shutil.copytree(root / "before", root / "again")
    begun = time.perf_counter()
    assert killing.run(found.at(root / "again"), counted=root / "counted") == 0
    found.seconds = time.perf_counter() - begun
    found.is_as_meant(root / "again")
    found.steps = int((root / "counted").read_text("ascii"))
    return found


def _shop(folder: Path) -> Path:
    """A hundred people, of whom some pay."""
    folder.mkdir()
    people = [f"p{number}" for number in range(100)]
    persons = ["id,email,consent", *(f"{name},{name}@example.dk,email" for name in people)]
    paid = [f"{name},2027-01-{11 + number % 20} 12:00,paid" for number, name in enumerate(people[::3])]
    for name, lines in {"plan.grid": [PLAN], "persons.csv": persons, "events.csv": ["contact,at,event", *paid]}.items():
        (folder / name).write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def kill(found: Place, seed: str, steps: int, times: int, tears: int) -> None:
    """Kill it so often before a moment of the disk, at a moment of time, and in the midst of a file."""
    chance, largest = random.Random(seed), max(map(len, found.meant.values()))
    for step in sorted(chance.sample(range(1, found.steps + 1), min(found.steps, steps))):
        found.killed(f"step {step}", step=step)
    for number in range(times):
        found.killed(f"time {number}", seconds=chance.random() * found.seconds)
    for number in range(tears):
        found.killed(f"torn {number}", torn=int(largest ** chance.random()))


@pytest.mark.parametrize("first", [True, False], ids=["the first run", "a later run"])
def test_a_dozen_moments(first: bool, tmp_path: Path) -> None:
    found = place(SHOP, tmp_path, first=first)
    assert found.steps > 20
    kill(found, SHOP, steps=3, times=2, tears=1)
    assert len(found.left) > 1


@pytest.mark.parametrize("first", [True, False], ids=["the first run", "a later run"])
def test_too_little_room(first: bool, tmp_path: Path) -> None:
    """A state that cannot be written is as it was, and so are the outputs; outputs that cannot be written are told by
    the next run. Either way the run says so, and the next one leaves what one leaves that had room."""
    found = place(SHOP, tmp_path, first=first)
    before = killing.tree(tmp_path / "before")
    made = {name: content for name, content in found.meant.items() if before.get(name) != content}
    state = max(len(content) for name, content in made.items() if name.startswith("state/"))
    lasting = [name for name in before if name.startswith("out/")]
    for room in (0, 100, state - 1, state):
        work = tmp_path / f"room {room}"
        shutil.copytree(tmp_path / "before", work)
        assert killing.run(found.at(work), room=room) == 2
        left = killing.tree(work)
        assert [left[name] for name in lasting] == [before[name] for name in lasting]
        assert [name for name in left if name.endswith(".part")] == []
        assert room == state or left == before
        assert killing.run(found.at(work)) == 0
        found.is_as_meant(work)


def test_stopped_with_a_state(tmp_path: Path) -> None:
    """Ctrl-C: the outputs are all the old or all the new, and the next run ends what this one began."""
    found, chance = place(SHOP, tmp_path), random.Random(5)
    folders = (tmp_path / "before", tmp_path / "meant")
    whole = [_of_outputs(killing.tree(folder)) for folder in folders]
    for step in sorted({*chance.sample(range(1, found.steps + 1), 5), found.steps - 6}):
        work = tmp_path / f"stopped {step}"
        shutil.copytree(tmp_path / "before", work)
        assert killing.run(found.at(work), step=step, by=signal.SIGINT) == 130
        assert _of_outputs(killing.tree(work)) in whole
        assert killing.run(found.at(work)) == 0
        found.is_as_meant(work)


def _of_outputs(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name.startswith("out/")}


@pytest.mark.real
@pytest.mark.parametrize("first", [True, False], ids=["the first run", "a later run"])
@pytest.mark.parametrize("plan", [name for name in CUTS if name != SHOP])
def test_two_hundred_moments(plan: str, first: bool, tmp_path: Path) -> None:
    """For each example a first run and a later one: each at 17 moments of the disk, 14 of time, and 3 within a file."""
    found = place(plan, tmp_path, first=first)
    kill(found, f"{plan} {first}", steps=17, times=14, tears=3)
    assert len(found.left) > 12
