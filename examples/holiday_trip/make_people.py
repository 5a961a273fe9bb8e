"""Make persons.csv and events.csv, beside this script: 120 households on their way to a holiday, and what they do.

Nobody here exists. `ROUTES` says in words what a planner does; a diary works out when the plan contacts them, since an
answer must come after the call. The same seed gives the same files, byte for byte.

    python make_people.py
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent
HOUSEHOLDS, SEED = 120, 1871
CLOCK = ZoneInfo("Europe/Copenhagen")
NAMES = "Ida Bo Signe Omar Karen Freja Poul Inge Malik Tove Esben Zahra Gry Anton Liv Jonna Kim Sana Viggo Åse"
HOLIDAYS = {dt.date.fromisoformat(f"2027-{day}") for day in ("01-01", "03-25", "03-26", "03-29", "05-06", "05-17")}

# What a planner does, in order. Before the colon the step of the flowchart, after it the answer.
ROUTES = (
    "clicked +5 visited +9 replied +6 reserved +1 paid reviewed",
    "visited +9 quote_asked desk:reserved +1 paid",
    "quiz_taken +9 quote_asked desk:no_answer desk:reserved +2 paid reviewed",
    "clicked +9 quote_asked desk:no_answer desk:no_answer desk:no_answer again desk:not_yet again desk:nobody",
    "quiz_taken +6 replied +4 reserved help:paid",
    "visited +3 quote_asked +6 reserved +1 reservation_dropped +3 declined",
    "clicked +8 replied desk:not_yet again desk:reserved help:no_answer",
    "clicked +2 quote_asked desk:nobody",
    "quiz_taken +12 visited +9 replied +6 reserved help:reservation_dropped",
    "clicked +20 quote_asked +6 reserved help:nobody",
    "visited +15 paid",
    "paid reviewed",
    "quiz_taken +4 clicked +10 quote_asked +6 reserved pay:paid",
    "clicked +6 replied +6 reserved pay:reservation_dropped",
    "paid +50 quote_asked +5 paid",
    "",
)


class Chance:
    """Chance that is the same on every Python: only `random()` is promised to be."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def between(self, low: int, high: int) -> int:
        return low + int(self._random.random() * (high - low + 1))

    def one_of(self, options: Any) -> Any:
        return options[self.between(0, len(options) - 1)]


def is_workday(day: dt.date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


def workdays_later(moment: dt.datetime, number: int) -> dt.datetime:
    while number:
        moment += dt.timedelta(days=1)
        number -= is_workday(moment.date())
    return moment


def next_at(moment: dt.datetime, hour: int) -> dt.datetime:
    today = moment.replace(hour=hour, minute=0)
    return today if today >= moment else today + dt.timedelta(days=1)


class Story:
    """What one planner does, word by word of a route; `now` is where the story has come to."""

    def __init__(self, contact: str, starts: dt.datetime, leaves: dt.date, chance: Chance) -> None:
        self.contact, self.now, self.chance = contact, starts, chance
        self.leaves = dt.datetime.combine(leaves, dt.time())
        self.mails: list[dt.datetime] = []
        self.rows: list[dict[str, Any]] = []
        self.called = False

    def tell(self, route: str) -> list[dict[str, Any]]:
        for word in route.split():
            step, _, answer = word.partition(":")
            if word.startswith("+"):
                self.now += dt.timedelta(days=int(word), minutes=self.chance.between(0, 240))
            else:
                getattr(self, f"_{step}", self._event)(answer or word)
        return self.rows

    def _event(self, event: str) -> None:
        if event in ("quote_asked", "replied"):
            self.called = False
        payload = {"amount": 9_400 + 200 * self.chance.between(0, 80)} if event == "paid" else {}
        self._row(event=event, **payload)

    def _reviewed(self, _: str) -> None:
        """Seventeen days after they left they are home and asked how it was; they answer two days later."""
        self.now = max(self.now, self.leaves + dt.timedelta(days=19, hours=21))
        self._row(event="reviewed")

    def _again(self, _: str) -> None:
        """Thirty days later it begins again; after the last `no_answer` two working days pass first."""
        if self.rows[-1].get("outcome") == "no_answer":
            self.now = workdays_later(self.now, 2)
        self.now, self.called = self.now + dt.timedelta(days=30), False

    def _desk(self, outcome: str) -> None:
        """Two mails and a week, then the consultants call; again two working days after `no_answer`."""
        if self.called:
            self.now = workdays_later(self.now, 2)
        else:
            self.now = self._mail(self._mail(self.now, 9) + dt.timedelta(days=4), 9) + dt.timedelta(days=7)
        self.called = True
        self._answer("compare.call", outcome)

    def _pay(self, event: str) -> None:
        """Reminded at 17:00 after three days; they answer that."""
        self.now = self._mail(self.now + dt.timedelta(days=3), 17) + dt.timedelta(hours=self.chance.between(1, 40))
        self._event(event)

    def _help(self, outcome: str) -> None:
        """Four days after the reminder somebody calls."""
        self.now = self._mail(self.now + dt.timedelta(days=3), 17) + dt.timedelta(days=4)
        self._answer("pay.help", outcome)

    def _answer(self, step: str, outcome: str) -> None:
        """A colleague's note, within the hour after the task was handed out; `nobody` leaves it until it is overdue."""
        while not (is_workday(self.now.date()) and 10 <= self.now.hour < 18):
            self.now = next_at(self.now + dt.timedelta(minutes=1), 10)
        self.now += dt.timedelta(minutes=self.chance.between(5, 59))
        if outcome != "nobody":
            self._row(step=step, outcome=outcome)

    def _mail(self, ready: dt.datetime, hour: int) -> dt.datetime:
        """At most two e-mails in seven days."""
        week = dt.timedelta(days=7)
        moment = next_at(ready, hour)
        while len(recent := [made for made in self.mails if made <= moment < made + week]) >= 2:
            moment = next_at(sorted(recent)[-2] + week, hour)
        self.mails.append(moment)
        return moment

    def _row(self, **cells: Any) -> None:
        self.rows.append({"contact": self.contact, "at": self.now, **cells})


def household(number: int, chance: Chance) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The persons and the events of a household: a planner, mostly a partner."""
    route = ROUTES[number % len(ROUTES)]
    leaves = dt.date(2027, 6, 12) + dt.timedelta(days=chance.between(0, 60))
    shared = {"account": f"h{number:03}", "party": chance.one_of(("family", "couple")), "departure": leaves.isoformat()}
    planner = {
        **shared,
        "id": f"h{number:03}a",
        "first_name": chance.one_of(NAMES.split()),
        "part": "planner",
        "limit": chance.one_of(("", 12_000, 18_000, 26_000, 34_000)),
        "mobile": f"+45 00 {chance.between(10, 99)} {chance.between(10, 99)} {chance.between(10, 99)}",
        "consent": chance.one_of(("email;phone;remarketing;social_audience", "email;phone", "email;phone;remarketing")),
        "timezone": "Europe/Stockholm" if number % 30 == 7 else "",
    }
    persons = [planner]
    if chance.between(0, 9) < 8:
        partner = {**shared, "id": f"h{number:03}b", "first_name": chance.one_of(NAMES.split()), "part": "partner"}
        persons.append({**partner, "consent": chance.one_of(("email", ""))})
    for person in persons:
        person["email"] = f"{person['id']}@example.com"
    starts = dt.datetime(2027, 1, 12) + dt.timedelta(days=number * 13 % 75, minutes=chance.between(600, 1300))
    return persons, Story(f"h{number:03}a", starts, leaves, chance).tell(route)


def table(columns: str, rows: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns.split(), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def make() -> dict[str, str]:
    """The two files by name."""
    chance = Chance(SEED)
    persons: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    for number in range(1, HOUSEHOLDS + 1):
        people, happened = household(number, chance)
        persons += people
        events += happened
    events.sort(key=lambda row: (row["at"], row["contact"]))
    for number, row in enumerate(events, 1):
        row["id"] = f"e{number:04}"
        row["at"] = row["at"].replace(tzinfo=CLOCK).isoformat()
    return {
        "persons.csv": table("id account timezone first_name part party email mobile limit departure consent", persons),
        "events.csv": table("id contact at event step outcome amount", events),
    }


def main() -> None:
    for name, text in make().items():
        (HERE / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"{name}: {text.count(chr(10)) - 1} rows")


if __name__ == "__main__":
    main()
