"""Tell one brand what the other has sent: the touches and calls of its run become `contacted` events.

    grid run bikes
    python share.py bikes/out/run boats/events.csv

What stood there before of the other brand is replaced, everything else stays. Run it whenever a brand has run, before
the other one does: every night, in practice.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

Row: TypeAlias = dict[str, str]
COLUMNS = ("id", "contact", "at", "event", "step", "outcome", "channel")


def contacted(touches: Iterable[Row], tasks: Iterable[Row]) -> list[Row]:
    """An event for every touch and every task that was handed out; a notice to a colleague is none."""
    made = [*touches, *(task for task in tasks if task["kind"] == "task")]
    return [
        {"id": row["id"], "contact": row["contact"], "at": row["due"], "event": "contacted", "channel": row["channel"]}
        for row in made
        if row["contact"]
    ]


def shared(events: Iterable[Row], touches: Iterable[Row], tasks: Iterable[Row]) -> str:
    """The events of a brand with the other brand's contacts among them, in order of time."""
    own = [row for row in events if row["event"] != "contacted"]
    rows = sorted([*own, *contacted(touches, tasks)], key=lambda row: (row["at"], row["contact"], row["id"]))
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def rows_of(place: Path) -> list[Row]:
    with place.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main() -> None:
    run, events = Path(sys.argv[1]), Path(sys.argv[2])
    text = shared(rows_of(events), rows_of(run / "touches.csv"), rows_of(run / "tasks.csv"))
    events.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
