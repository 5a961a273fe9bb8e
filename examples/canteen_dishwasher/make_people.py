"""Make accounts.csv, persons.csv and events.csv, beside this script: 120 companies, 400 persons and their year.

Nobody here exists. Some things people do by themselves; most are answers to what the plan sends them and to the calls
and visits it hands out. So the year is played: the plan is run, everybody answers what they got, and it is run again
with these answers, until nobody has anything new to say. Who answers what, and after how long, hangs on the contact
alone (`ANSWERS`, the seed and the id that the plan gives every touch and task), so the same plan gives the same year.

    python make_people.py        (needs `grid` on the path; takes a minute or two)
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent
SEED = "canteen 2027"
CLOCK = ZoneInfo("Europe/Berlin")
LARGE, SMALL = 60, 60
ROUNDS = 100
"""The year is settled long before; more rounds would mean that the answers chase each other."""

Row: TypeAlias = dict[str, Any]

WORKS = "Bergmann Hellweg Ruhrtal Voss Kemper Lindhof Sauerland Ostermann Brandt Emscher Krone Tepe"
KINDS = {
    "factory": "Werke",
    "hospital": "Klinikum",
    "care_home": "Seniorenhaus",
    "school": "Gesamtschule",
    "office": "Versicherung",
}
JOBS = {"canteen_manager": "m", "director": "d", "dishwasher": "w", "purchaser": "p", "safety": "s"}
NAMES = (
    "Aylin Bernd Carla Dieter Elke Fatma Georg Hanna Ibrahim Jutta Klaus Leyla Manfred Nadja Olaf Petra Rainer Sabine "
    "Tomasz Ute Viktor Wilma Yusuf Zofia"
)

# What somebody may do after a message: a weight, what they do, and after how many hours. `-` is nothing at all.
ANSWERS = {
    "fair_ticket": "3 clicked 30, 2 - 0, 1 replied 40",
    "stand_number": "3 visited_stand 4, 2 - 0",
    "after_the_fair": "2 clicked 20, 2 demo_booked 50, 3 - 0",
    "demo_invitation": "2 demo_booked 70, 2 replied 30, 1 declined 50, 1 fault_logged 60, 3 clicked 9, 9 - 0",
    "logbook_card": "3 fault_logged 120, 3 - 0",
    "logbook_thanks": "1 fault_logged 500, 4 - 0",
    "rack_page": "3 clicked 20, 3 - 0",
    "rack_calculator": "3 clicked 6, 1 replied 30, 2 - 0",
    "trial_results": "4 ordered 200, 2 declined 150, 5 - 0",
    "data_sheet": "2 clicked 5, 2 questions_asked 60, 3 - 0",
    "offer_terms": "4 ordered 260, 3 questions_asked 60, 2 declined 300, 5 - 0",
    "eight_years": "2 clicked 8, 2 replied 90, 3 - 0",
    "eight_years_short": "2 clicked 8, 3 - 0",
    "service_promise": "1 replied 100, 2 - 0",
    "news": "4 clicked 12, 1 replied 30, 1 demo_booked 60, 6 - 0",
    "fleet_news": "3 clicked 12, 3 - 0",
    "welcome": "2 fault_logged 200, 2 complained 120, 3 - 0",
    "renewal_offer": "1 replacement_asked 200, 1 replied 100, 3 - 0",
}
# What comes of a task, by the name of its step. `nobody` leaves it lying.
OUTCOMES = {
    "first_talk.call": "5 demo_booked 2, 3 not_now 3, 5 no_answer 1, 1 nobody 0",
    "trial.install": "8 trial_started 4, 2 not_now 3, 2 no_answer 2, 2 nobody 0",
    "trial.last_call": "3 ordered 2, 2 not_now 3, 12 no_answer 1",
    "tender.offer": "8 sent 5, 3 nobody 0",
    "tender.decided_on_site": "3 ordered 4, 3 lost 4",
    "settled_in.trouble": "6 solved 1, 5 nobody_there 1, 1 nobody 0",
    "renewal.talk": "3 prolonged 2, 2 replacement_asked 2, 2 leaving 3, 7 no_answer 1",
}
# Every second house is stubborn: hard to reach, never ready, full of questions, never content. It mostly answers this.
STUBBORN = (
    "",
    "no_answer",
    "",
    "not_now",
    "",
    "questions_asked",
    "",
    "nobody",
    "",
    "complained nobody_there",
    "complained",
)
# What people do by themselves, in days after the company's own beginning.
BEGINNINGS = (
    "0 fault_logged dishwasher, 3 fault_logged dishwasher",
    "0 clicked canteen_manager",
    "0 visited director",
    "0 clicked director, 4 clicked director, 9 clicked director",
    "0 replied canteen_manager, 20 declined canteen_manager",
    "0 demo_booked canteen_manager",
    "0 clicked canteen_manager, 30 ordered director",
    "0 visited canteen_manager, 3 demo_booked canteen_manager, 60 ordered director",
    "0 clicked canteen_manager, 2 ordered director, 40 ordered director, 150 replacement_asked canteen_manager",
    "0 ordered director",
)


class Chance:
    """Chance that hangs on words alone: the same words, the same throw."""

    def __init__(self, *words: object) -> None:
        digest = hashlib.sha256("|".join((SEED, *map(str, words))).encode()).digest()
        self._left = int.from_bytes(digest, "big")

    def below(self, number: int) -> int:
        self._left, thrown = divmod(self._left, number)
        return thrown

    def one_of(self, options: Any) -> Any:
        return options[self.below(len(options))]

    def weighed(self, options: str, account: str) -> tuple[str, int]:
        """`3 clicked 30, 2 - 0`: what happens, and after how many hours."""
        parts = [option.split() for option in options.split(",")]
        always = [(word, int(hours)) for _, word, hours in parts if word in temper(account)]
        if always and self.below(10):
            return always[0]
        left = self.below(sum(int(weight) for weight, *_ in parts))
        for weight, word, hours in parts:
            left -= int(weight)
            if left < 0:
                return word, int(hours)
        raise AssertionError("the weights sum to the throw")


def temper(account: str) -> list[str]:
    """What a stubborn house always answers."""
    return STUBBORN[int(account.lstrip("c")) % len(STUBBORN)].split()


# --- who they are ----------------------------------------------------------------------------------------------------


def company(number: int) -> tuple[Row, list[Row]]:
    """A company and its people."""
    chance = Chance("company", number)
    large = number <= LARGE
    industry = chance.one_of(list(KINDS))
    account = {
        "id": f"c{number:03}",
        "company": f"{chance.one_of(WORKS.split())} {KINDS[industry]} {number}",
        "employees": 200 + chance.below(2_400) if large else 30 + chance.below(165),
        "turnover": chance.one_of(("", 8_000_000 * (1 + chance.below(40)))) if large else "",
        "industry": industry,
        "contract_ends": (dt.date(2027, 3, 1) + dt.timedelta(days=chance.below(500))).isoformat(),
    }
    jobs = ["canteen_manager", "director"]
    if large:
        jobs += ["dishwasher", "purchaser", *(["safety"] if number % 3 == 0 else [])]
    elif number % 3 == 0:
        jobs.append("dishwasher")
    return account, [person(account["id"], job, industry) for job in jobs]


def person(account: str, job: str, industry: str) -> Row:
    chance = Chance(account, job)
    name = f"{account}{JOBS[job]}"
    at_desk = job != "dishwasher"
    on_paper = job == "canteen_manager" and chance.below(4) == 0
    consent = ["letter", *(["email", "phone"] if not on_paper else ["phone"])] if at_desk else ["letter"]
    return {
        "id": name,
        "account": account,
        "name": chance.one_of(NAMES.split()),
        "job": job,
        "language": "de" if job == "dishwasher" or chance.below(2) else "en",
        "timezone": "Europe/London" if account == "c007" else "",
        "email": f"{name}@example.com" if at_desk and not on_paper else "",
        "mobile": f"+49 000 {chance.below(900_000) + 100_000}" if at_desk else "",
        "address": f"{KINDS[industry]}, canteen" if chance.below(12) else "",
        "consent": ";".join([*consent, *(["sms"] if job == "canteen_manager" and chance.below(3) else [])]),
    }


# --- what they do ----------------------------------------------------------------------------------------------------


def beginnings(accounts: Iterable[Row], people: Mapping[tuple[str, str], str]) -> Iterator[Row]:
    """What happens by itself: before the year for old customers, then a beginning for most."""
    for number, account in enumerate(accounts):
        chance = Chance("beginning", account["id"])
        first = dt.datetime(2027, 1, 11, 8) + dt.timedelta(days=chance.below(210))
        if number % 6 == 5:
            for order in range(1 + chance.below(3)):
                day = dt.datetime(2022 + order, 1 + chance.below(12), 14, 11)
                yield _row(people[account["id"], "director"], day, event="ordered", machines=1 + chance.below(2))
        for happening in filter(None, BEGINNINGS[number % len(BEGINNINGS)].split(",")):
            days, event, job = happening.split()
            contact = people.get((account["id"], job), people[account["id"], "canteen_manager"])
            at = first + dt.timedelta(days=int(days), minutes=chance.below(500))
            yield _row(contact, at, event=event, **({"machines": 1 + chance.below(3)} if event == "ordered" else {}))


def answers(touches: Iterable[Row], tasks: Iterable[Row]) -> Iterator[Row]:
    """What everybody answers to what they got: a touch as `grid run` writes it, or a task that was handed out."""
    for touch in filter(lambda touch: touch["contact"], touches):  # what goes to everybody, nobody answers for
        chance = Chance(touch["id"])
        word, hours = chance.weighed(ANSWERS.get(touch["message"], "1 - 0"), touch["account"])
        if word != "-":
            at = _moment(touch["due"]) + dt.timedelta(hours=hours, minutes=1 + chance.below(400))
            yield _row(touch["contact"], at, event=word, **({"machines": 1} if word == "ordered" else {}))
    for task in tasks:
        chance = Chance(task["id"])
        step = f"{task['campaign']}.{task['step']}"
        word, hours = chance.weighed(OUTCOMES.get(step, "1 nobody 0"), task["account"])
        at = _moment(task["due"]) + dt.timedelta(hours=hours, minutes=1 + chance.below(50))
        if word != "nobody" and task["kind"] == "task" and not _withdrawn(task, at):
            yield _row(task["contact"], at, step=step, outcome=word)
            if word == "sent":
                yield from _to_the_offer(task, at)


def _withdrawn(task: Row, at: dt.datetime) -> bool:
    """Whether the plan had taken the task back by then: then there is nothing left to report."""
    return bool(task["state"] == "withdrawn" and _moment(task["closed"]) <= at)


def _to_the_offer(task: Row, sent: dt.datetime) -> Iterator[Row]:
    word, hours = Chance(task["id"], "offer").weighed(ANSWERS["offer_terms"], task["account"])
    if word != "-":
        at = sent + dt.timedelta(hours=hours)
        yield _row(task["contact"], at, event=word, **({"machines": 2} if word == "ordered" else {}))


def _row(contact: str, at: dt.datetime, **cells: Any) -> Row:
    return {"contact": contact, "at": at.replace(tzinfo=CLOCK) if at.tzinfo is None else at.astimezone(CLOCK), **cells}


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00"))


# --- the year --------------------------------------------------------------------------------------------------------


def table(columns: str, rows: Iterable[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns.split(), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def events(rows: Iterable[Row]) -> str:
    """The events in order of time, until the year ends."""
    year = sorted(
        (row for row in rows if row["at"].year <= 2027),
        key=lambda row: (row["at"], row["contact"], row.get("event", ""), row.get("step", "")),
    )
    named = ({**row, "id": f"e{number:04}", "at": row["at"].isoformat()} for number, row in enumerate(year, 1))
    return table("id contact at event step outcome machines", named)


def people() -> dict[str, str]:
    """The companies and their people, as the two files hold them."""
    made = [company(number) for number in range(1, LARGE + SMALL + 1)]
    columns = "id account name job language timezone email mobile address consent"
    return {
        "accounts.csv": table("id company employees turnover industry contract_ends", (account for account, _ in made)),
        "persons.csv": table(columns, (row for _, rows in made for row in rows)),
    }


def year(touches: Iterable[Row], tasks: Iterable[Row]) -> str:
    """The events of the year, given what a run of the plan sent and handed out."""
    made = [company(number) for number in range(1, LARGE + SMALL + 1)]
    jobs = {(row["account"], row["job"]): row["id"] for _, rows in made for row in rows}
    return events([*beginnings((account for account, _ in made), jobs), *answers(touches, tasks)])


def rows_of(place: Path) -> list[Row]:
    with place.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main() -> None:
    for name, text in people().items():
        (HERE / name).write_text(text, encoding="utf-8", newline="\n")
    before, now = "", year((), ())
    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder)
        for number in range(ROUNDS):
            if now == before:
                print(f"the year is settled after {number} rounds: {now.count(chr(10)) - 1} events")
                return
            (HERE / "events.csv").write_text(now, encoding="utf-8", newline="\n")
            subprocess.run(["grid", "run", HERE, "--out", run], check=True, capture_output=True)
            before, now = now, year(rows_of(run / "touches.csv"), rows_of(run / "tasks.csv"))
    raise SystemExit("the answers chase each other")


if __name__ == "__main__":
    main()
