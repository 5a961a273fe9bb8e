"""Worlds as folders, as a user has them; and a program that builds and runs every one of them.

`python -m tests.laws.worlds.files FOLDER` writes one line for each output: where it stands, and a hash of it.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from gridlang import targets
from gridlang.runtime import inputs, outputs, reference
from gridlang.runtime.inputs import InputFile, InputFiles
from gridlang.schedule.document import from_json, to_json
from tests.laws.populations import as_csv
from tests.laws.worlds.plans import schedule_of
from tests.laws.worlds.world import World, columns_of_events


def write(world: World, folder: Path) -> None:
    """The plan's name, its schedule with the rules of this world, and the rows."""
    folder.mkdir()
    (folder / "plan").write_text(world.schedule.plan.name, encoding="utf-8")
    (folder / "schedule.json").write_text(to_json(world.schedule), encoding="utf-8")
    (folder / "period").write_text(f"{world.start} {world.until}", encoding="utf-8")
    (folder / "persons.csv").write_bytes(as_csv(world.persons, list(world.persons[0])))
    (folder / "events.csv").write_bytes(as_csv(world.events, columns_of_events(world)))
    if world.accounts:
        (folder / "accounts.csv").write_bytes(as_csv(world.accounts, list(world.accounts[0])))


def outputs_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Everything that is built of the plan compiled anew and of the schedule, and everything that a run gives."""
    schedule = from_json((folder / "schedule.json").read_text(encoding="utf-8")).value
    assert schedule is not None
    compiled = schedule_of((folder / "plan").read_text(encoding="utf-8"))
    yield "compiled", to_json(compiled).encode()
    for name, target in sorted(targets.discover().items()):
        for file in target.files(compiled, target.options()).value:
            yield f"{name}/{file.path}", file.content
    tables = {path.stem: InputFile(path.name, path.read_bytes()) for path in sorted(folder.glob("*.csv"))}
    read = inputs.read(schedule, InputFiles(**tables))
    start, until = map(int, (folder / "period").read_text(encoding="utf-8").split())
    execution = reference.execute(schedule, read.value, start, until)
    for form in ("csv", "jsonl", "parquet"):
        for file in outputs.files(schedule, execution, form):
            yield f"run/{file.path}", file.content
    yield "run/counts", repr(execution.counts).encode()


def main(folder: Path) -> None:
    for world in sorted(folder.iterdir()):
        for path, content in outputs_of(world):
            print(world.name, path, hashlib.sha256(content).hexdigest())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
