"""Make persons.csv and events.csv of both brands: 40 households with 100 people, the customers of one house.

Nobody here exists. The year is played: both brands run, tell each other whom they have contacted (share.py), everybody
answers what they got, and both run again, until nobody has anything new to say. The answers hang on the contact alone,
so the same plans give the same year.

    python make_people.py        (needs `grid` on the path; takes a minute or two)
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
from share import Row, rows_of, shared  # noqa: E402 (the script beside this one)

SEED = "two brands 2027"
BRANDS = ("bikes", "boats")
HOUSEHOLDS = 40
ROUNDS = 60
Tables: TypeAlias = dict[str, tuple[list[Row], list[Row]]]
"""The touches and the tasks of each brand's run."""

NAMES = (
    "Anneke Boris Clara Detlef Enno Femke Gesa Hauke Imke Jens Kaja Lars Maren Nils Onno Pia Rieke Sören Telse Wiebke"
)
# After a message or by the step of a task: a weight, what they do, after how many hours. `-` is nothing.
ANSWERS = {
    "one_hour": "2 house.test_ride 30, 1 house.reserved 50, 1 clicked 8, 4 - 0",
    "what_it_weighs": "1 clicked 8, 1 replied 20, 3 - 0",
    "paid_by_the_month": "2 house.ordered 100, 1 declined 30, 4 - 0",
    "an_evening": "3 house.reserved 60, 1 replied 30, 4 - 0",
    "planks": "1 house.ordered 200, 1 clicked 9, 3 - 0",
    "bikes close.first/ring": "2 house.ordered 2, 2 not_now 2, 6 no_answer 1, 1 nobody 0",
    "boats keel.first/ring": "3 house.ordered 3, 2 not_now 2, 6 no_answer 1, 1 nobody 0",
}
STUBBORN = ("", "no_answer", "", "-", "", "house.test_ride", "house.reserved")
"""What some households answer whenever they can."""


class Chance:
    """Chance that hangs on words alone: the same words, the same throw."""

    def __init__(self, *words: object) -> None:
        digest = hashlib.sha256("|".join((SEED, *map(str, words))).encode()).digest()
        self._left = int.from_bytes(digest, "big")

    def below(self, number: int) -> int:
        self._left, thrown = divmod(self._left, number)
        return thrown

    def one_of(self, options: list[str]) -> str:
        return options[self.below(len(options))]

    def weighed(self, options: str, account: str) -> tuple[str, int]:
        parts = [option.split() for option in options.split(",")]
        stubborn = STUBBORN[int(account[1:]) % len(STUBBORN)]
        for _, word, hours in parts:
            if word == stubborn and self.below(6):
                return word, int(hours)
        left = self.below(sum(int(weight) for weight, *_ in parts))
        for weight, word, hours in parts:
            left -= int(weight)
            if left < 0:
                return word, int(hours)
        raise AssertionError("the weights sum to the throw")


def household(number: int) -> list[dict[str, Any]]:
    """One who rides, one who sails, and in every second household one who says yes."""
    chance = Chance("household", number)
    berth = "yes" if number % 3 == 0 else "no"
    parts = ["rider", "skipper", *(["partner"] if number % 2 else [])]
    rows = []
    for part in parts:
        name = f"f{number:02}{part[0]}"
        rows.append(
            {
                "id": name,
                "account": f"f{number:02}",
                "first_name": chance.one_of(NAMES.split()),
                "part": part,
                "email": f"{name}@example.com",
                "mobile": f"+49 000 {chance.below(900_000) + 100_000}",
                "last_bike": f"{2019 + chance.below(7)}-{1 + chance.below(9):02}-11" if part == "rider" else "",
                "berth": berth,
                "consent": "email;phone" if chance.below(8) else "phone",
            }
        )
    return rows


def persons() -> str:
    columns = "id account first_name part email mobile last_bike berth consent"
    out = io.StringIO()
    writer = csv.DictWriter(out, columns.split(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for number in range(1, HOUSEHOLDS + 1) for row in household(number))
    return out.getvalue()


def beginnings(brand: str) -> Iterator[Row]:
    """How a household comes to a brand by itself; two in five come to both in the same weeks."""
    who = {"bikes": "r", "boats": "s"}[brand]
    for number in range(1, HOUSEHOLDS + 1):
        chance = Chance("beginning", brand, number)
        first = dt.datetime(2027, 3, 1, 9) + dt.timedelta(days=number * 3 % 40, minutes=chance.below(600))
        kind = number % 5
        if kind < 4:
            asked = {("bikes", 0): "clicked", ("boats", 0): "clicked", ("boats", 2): "berth_asked"}
            yield _row(f"f{number:02}{who}", first, asked.get((brand, kind), "visited"))
        elif number % 2:
            yield _row(f"f{number:02}{who}", first, "house.ordered")
        if kind == 3:
            yield _row(f"f{number:02}{who}", first + dt.timedelta(days=5), "house.reserved")
        if kind == 2:
            yield _row(f"f{number:02}{who}", first + dt.timedelta(days=100), "declined")


def answers(brand: str, touches: Iterable[Row], tasks: Iterable[Row]) -> Iterator[Row]:
    for touch in touches:
        word, hours = Chance(touch["id"]).weighed(ANSWERS.get(touch["message"], "1 - 0"), touch["account"] or "f00")
        if word != "-" and touch["contact"]:
            yield _row(touch["contact"], _later(touch["due"], touch["id"], hours), word)
    for task in tasks:
        options = ANSWERS.get(f"{brand} {task['campaign']}.{task['step']}", "1 nobody 0")
        word, hours = Chance(task["id"]).weighed(options, task["account"])
        at = _later(task["due"], task["id"], hours)
        gone = task["state"] == "withdrawn" and task["closed"] <= at.strftime("%Y-%m-%dT%H:%M:%SZ")
        if word != "nobody" and task["kind"] == "task" and not gone:
            yield {**_row(task["contact"], at, ""), "step": f"{task['campaign']}.{task['step']}", "outcome": word}


def _later(due: str, name: str, hours: int) -> dt.datetime:
    moment = dt.datetime.fromisoformat(due.replace("Z", "+00:00")).replace(tzinfo=None)
    return moment + dt.timedelta(hours=hours, minutes=1 + Chance(name, "minutes").below(55))


def _row(contact: str, at: dt.datetime, event: str) -> Row:
    return {"id": "", "contact": contact, "at": f"{at:%Y-%m-%dT%H:%M:%SZ}", "event": event}


def year(runs: Tables) -> dict[str, str]:
    """Each brand's events, given both brands' runs."""
    made = {}
    for brand, other in (BRANDS, BRANDS[::-1]):
        rows = sorted([*beginnings(brand), *answers(brand, *runs[brand])], key=lambda row: (row["at"], row["contact"]))
        own = [{**row, "id": f"e{number:04}"} for number, row in enumerate(rows, 1) if row["at"] < "2027-11"]
        made[brand] = shared(own, *runs[other])
    return made


def main() -> None:
    for brand in BRANDS:
        (HERE / brand / "persons.csv").write_text(persons(), encoding="utf-8", newline="\n")
    before, now = {}, year({brand: ([], []) for brand in BRANDS})
    with tempfile.TemporaryDirectory() as folder:
        for number in range(ROUNDS):
            if now == before:
                print(f"the year is settled after {number} rounds")
                return
            for brand, text in now.items():
                (HERE / brand / "events.csv").write_text(text, encoding="utf-8", newline="\n")
            runs = {brand: run(brand, Path(folder) / brand) for brand in BRANDS}
            before, now = now, year(runs)
    raise SystemExit("the answers chase each other")


def run(brand: str, out: Path) -> tuple[list[Row], list[Row]]:
    subprocess.run(["grid", "run", HERE / brand, "--out", out], check=True, capture_output=True)
    return rows_of(out / "touches.csv"), rows_of(out / "tasks.csv")


if __name__ == "__main__":
    main()
