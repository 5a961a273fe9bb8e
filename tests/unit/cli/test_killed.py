"""R26, the disk: killed at any moment and run again, a run leaves what one leaves that was never killed.

A dozen moments in the default run; `pytest -m real tests/unit/cli/test_killed.py` tries two hundred over the examples.
"""

from __future__ import annotations

import random
import shutil
import time
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
    "canteen_dishwasher": ("2027-03-01", "2027-05-01", "2027-06-01"),
    "family_car": ("2027-03-01", "2027-05-01", "2027-06-01"),
    "holiday_trip": ("2027-03-01", "2027-05-01", "2027-06-01"),
}
"""Up to which day the run before went; how far the killed one knows, and its end."""


@attrs.define
class Place:
    """Where a run has its state and its outputs: `before` it, and as it is `meant` to leave them."""

    plan: str
    root: Path
    arguments: list[str]
    meant: dict[str, bytes]
    steps: int
    seconds: float

    def killed(self, name: str, *, step: int | None = None, seconds: float | None = None) -> None:
        """Kill a run, then run again; the state and the outputs are those of one that was never killed."""
        work = self.root / name
        shutil.copytree(self.root / "before", work)
        code = killing.run(self._at(work), step=step, seconds=seconds)
        assert code in (0, killing.KILLED)
        assert seconds is not None or code == killing.KILLED
        assert killing.run(self._at(work)) == 0
        left = killing.tree(work)
        assert left.keys() == self.meant.keys()
        assert [path for path in left if left[path] != self.meant[path]] == []
        shutil.rmtree(work)

    def _at(self, work: Path) -> list[str]:
        return [*self.arguments, "--state", str(work / "state"), "--out", str(work / "out")]


def place(plan: str, root: Path, *, first: bool = False) -> Place:
    """Live up to the first cut; then once as it is meant, to count its moments. `first`: there was no run before."""
    began, known, until = CUTS[plan]
    (root / "before").mkdir(parents=True)
    common = ["run", str(_shop(root / "shop") if plan == SHOP else EXAMPLES / plan)]
    found = Place(plan, root, [*common, "--known", known, "--until", until], {}, 0, 0.0)
    if not first:
        assert killing.run([*common, "--until", began, *found._at(root / "before")[len(found.arguments) :]]) == 0
    shutil.copytree(root / "before", root / "meant")
    begun = time.perf_counter()
    assert killing.run(found._at(root / "meant")) == 0
    found.seconds = time.perf_counter() - begun
    found.meant = killing.tree(root / "meant")
    # Counted in a second one: the first also remembers what is dear to work out, for all that come.
    shutil.copytree(root / "before", root / "again")
    assert killing.run(found._at(root / "again"), counted=root / "counted") == 0
    assert killing.tree(root / "again") == found.meant
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


@pytest.mark.parametrize("first", [True, False], ids=["the first run", "a later run"])
def test_a_dozen_moments(first: bool, tmp_path: Path) -> None:
    found = place(SHOP, tmp_path, first=first)
    assert found.steps > 20
    chance = random.Random(7)
    for step in sorted(chance.sample(range(1, found.steps + 1), 4)):
        found.killed(f"step {step}", step=step)
    for number in range(2):
        found.killed(f"time {number}", seconds=chance.random() * found.seconds)


@pytest.mark.real
@pytest.mark.parametrize("plan", [name for name in CUTS if name != SHOP])
def test_two_hundred_moments(plan: str, tmp_path: Path) -> None:
    """For each example: every moment of the disk of a later run that a sample of 34 takes, and 34 moments of time, of
    a first run and of a later one."""
    chance = random.Random(plan)
    for first in (True, False):
        found = place(plan, tmp_path / str(first), first=first)
        for step in sorted(chance.sample(range(1, found.steps + 1), min(found.steps, 17))):
            found.killed(f"step {step}", step=step)
        for number in range(17):
            found.killed(f"time {number}", seconds=chance.random() * found.seconds)
