"""Make persons.csv and events.csv, beside this script: 200 households, 500 persons and a year of what they did.

Nobody here exists. The year is written so that every arrow of every flowchart and of the journey is taken by somebody:
`ROUTES` says in words what each household does, and a diary works out when the plan contacts them, since an answer must
come after the call. The same seed gives the same files, byte for byte.

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
HOUSEHOLDS, PERSONS = 200, 500
SEED = 2027
CLOCK = ZoneInfo("Europe/Copenhagen")

FATHERS = (
    "Per Lars Jens Anders Mads Henrik Jonas Karim Thomas Niels Emil Rasmus Søren Mikkel Ali Frederik Bo Åge Peter Kaj"
)
MOTHERS = (
    "Hanne Mette Anne Camilla Sofie Amina Louise Kirsten Maria Line Pernille Ida Trine Leyla Birgit Æmilia Stine Julie "
    "Eva Dorte"
)
CHILDREN = "Noah Emma Oscar Freja William Alma Malthe Clara August Nora Yusuf Agnes Villads Saga"
FRIENDS = "Finn Ole Tanja Rolf Susanne Bjørn Ulla Marcus"
STREETS = "Birkevej Kirkegade Østergade Ågade Skolevej Møllebakken Strandvejen Lærkevænget"
TOWNS = ("8000 Aarhus C", "5000 Odense C", "9000 Aalborg", "2800 Kongens Lyngby", "6400 Sønderborg", "4000 Roskilde")
CONSENTS = ("email", "email", "email;phone", "email;sms", "")
SALESPEOPLE = ("mette@example.dk", "jonas@example.dk")

# What a household does, in order. Before the colon the step of the flowchart, after it the answer.
ROUTES = (
    "clicked booked showroom:ordered",
    "brochure_ordered call:meeting_booked showroom:took_papers ask:ordered",
    "visited call:no_time pool booked showroom:took_papers ask:replied close:ordered",
    "replied call:no_answer call:no_answer call:no_answer call:no_answer pool booked showroom:lost standby:replied "
    "showroom:ordered",
    "clicked call:not_now standby:clicked showroom:no_show close:ordered",
    "clicked test_drive showroom:took_papers ask:nothing close:not_yet standby:ordered",
    "visited declined",
    "clicked ordered",
    "ordered declined",
    "brochure_ordered booked showroom:took_papers ask:nothing close:no_answer close:no_answer close:no_answer "
    "close:no_answer close:no_answer",
    "clicked call:no_answer call:meeting_booked showroom:took_papers ask:replied close:no_answer close:ordered",
    "clicked booked showroom:lost",
    "visited call:no_time pool call:not_now",
    "replied call:meeting_booked showroom:took_papers ordered",
    "clicked",
    "visited call:no_answer",
)
OLD_CUSTOMERS = (
    "",
    "lease",
    "lease showroom:ordered",
    "declined",
    "lease showroom:took_papers ask:nothing close:not_yet",
)

EASTER_AND_THE_REST = {
    dt.date.fromisoformat(day)
    for day in ("2027-01-01", "2027-03-25", "2027-03-26", "2027-03-29", "2027-05-06", "2027-05-17")
}


class Chance:
    """Chance that is the same on every Python: only `random()` is promised to be."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def below(self, number: int) -> int:
        return int(self._random.random() * number)

    def between(self, low: int, high: int) -> int:
        return low + self.below(high - low + 1)

    def one_of(self, options: Any) -> Any:
        return options[self.below(len(options))]

    def percent(self, share: int) -> bool:
        return self.below(100) < share


def is_workday(day: dt.date) -> bool:
    return day.weekday() < 5 and day not in EASTER_AND_THE_REST


def workdays_later(moment: dt.datetime, number: int) -> dt.datetime:
    while number:
        moment += dt.timedelta(days=1)
        number -= is_workday(moment.date())
    return moment


def next_at(moment: dt.datetime, hour: int) -> dt.datetime:
    """The first such hour that is not before the moment."""
    today = moment.replace(hour=hour, minute=0)
    return today if today >= moment else today + dt.timedelta(days=1)


def next_workday(moment: dt.datetime, opens: int, closes: int) -> dt.datetime:
    """The moment itself when it lies in working hours, else the next opening."""
    while not (is_workday(moment.date()) and opens <= moment.hour < closes):
        moment = next_at(moment + dt.timedelta(minutes=1), opens)
    return moment


class Diary:
    """When the plan contacts one person: working hours, the hours of e-mail, at most three contacts in seven days."""

    def __init__(self) -> None:
        self.contacts: list[dt.datetime] = []

    def mail(self, ready: dt.datetime, hour: int | None = None) -> dt.datetime:
        """E-mail, any day from eight to eight."""

        def open_from(moment: dt.datetime) -> dt.datetime:
            moment = moment if hour is None else next_at(moment, hour)
            return moment if 8 <= moment.hour < 20 else next_at(moment, 8)

        return self._first(ready, open_from)

    def letter(self, ready: dt.datetime, hour: int | None = None) -> dt.datetime:
        """A letter, three working days on its way, delivered on working days."""

        def open_from(moment: dt.datetime) -> dt.datetime:
            moment = moment if hour is None else next_at(moment, hour)
            return next_workday(moment, 0, 24)

        return self._first(workdays_later(ready, 3), open_from)

    def desk(self, ready: dt.datetime) -> dt.datetime:
        """A call or a meeting, when the sales desk is open."""

        return self._first(ready, lambda moment: next_workday(moment, 9, 17))

    def _first(self, moment: dt.datetime, open_from: Any) -> dt.datetime:
        while True:
            later = self._room(open_from(moment))
            if later == moment:
                self.contacts.append(moment)
                return moment
            moment = later

    def _room(self, moment: dt.datetime) -> dt.datetime:
        week = dt.timedelta(days=7)
        recent = sorted(made for made in self.contacts if made <= moment < made + week)
        return recent[-3] + week if len(recent) >= 3 else moment


class Story:
    """What one person answers, word by word of a route; `now` is where the story has come to."""

    def __init__(self, contact: str, person: dict[str, Any], starts: dt.datetime, chance: Chance) -> None:
        self.contact, self.person, self.now, self.chance = contact, person, starts, chance
        self.diary = Diary()
        self.rows: list[dict[str, Any]] = []
        self.fresh = True
        """Whether the invitation of this round is still to come."""

    def tell(self, route: str) -> list[dict[str, Any]]:
        for word in route.split():
            step, _, answer = word.partition(":")
            getattr(self, f"_{step}", self._event)(answer or word)
        return self.rows

    def _later(self, days: int = 0, minutes: int = 0) -> dt.datetime:
        return self.now + dt.timedelta(days=days, minutes=minutes)

    def _event(self, event: str) -> None:
        """Something that happens by itself, some days later; the first of them opens the dialogue."""
        if self.rows:
            self._invited()
            self.now = self._later(self.chance.between(1, 4), self.chance.between(0, 300))
        payload = {"amount": 229_000 + 5_000 * self.chance.below(30)} if event == "ordered" else {}
        self._row(event=event, **payload)

    def _booked(self, _: str) -> None:
        """They book a meeting themselves, within five days of the invitation."""
        self._invited()
        self.now = self._later(self.chance.between(0, 3), self.chance.between(30, 600))
        self._row(event="meeting_booked")

    def _invited(self) -> None:
        if self.fresh:
            self.fresh = False
            self.now = (self.diary.mail if self.person["email"] else self.diary.letter)(self.now, 9)

    def _call(self, outcome: str) -> None:
        """The call when nobody has answered the invitation in five days; again two working days after `no_answer`."""
        if self.fresh:
            self._invited()
            self.now = self._later(days=5)
        else:
            self.now = workdays_later(self.now, 2)
        self._answer("invite_to_meeting.call", outcome)

    def _pool(self, _: str) -> None:
        """Back in the pool: invited again after sixty days; after the last `no_answer` two working days pass first."""
        if self.rows[-1].get("outcome") == "no_answer":
            self.now = workdays_later(self.now, 2)
        self.now, self.fresh = self._later(days=60), True

    def _showroom(self, outcome: str) -> None:
        self._answer("close_the_sale.task:showroom:offer_papers", outcome)
        if outcome == "no_show":
            self.now = workdays_later(self.now, 1)

    def _ask(self, answer: str) -> None:
        """The papers follow after three working days; ten days to answer."""
        ready = workdays_later(self.now, 3)
        old = self.person["first_registered"] <= f"{ready.year - 10}-{ready:%m-%d}"
        self.now = self.diary.letter(ready) if old else self.diary.mail(ready)
        if answer == "nothing":
            self.now = self._later(days=10)
        else:
            self._event(answer)

    def _close(self, outcome: str) -> None:
        self._answer("close_the_sale.close", outcome)
        if outcome == "no_answer":
            self.now = workdays_later(self.now, 1)

    def _standby(self, event: str) -> None:
        """The newsletter comes at once and every fourth week; they answer the second one."""
        self.now = self._later(self.chance.between(29, 40), self.chance.between(0, 300))
        self._row(event=event)

    def _lease(self, _: str) -> None:
        """120 days before the leasing ends the plan itself takes them back to the sale."""
        ends = dt.datetime.fromisoformat(self.person["lease_ends"])
        self.now = ends - dt.timedelta(days=120)

    def _answer(self, step: str, outcome: str) -> None:
        """A colleague's note, an hour or more after the task was handed out."""
        self.now = self.diary.desk(self.now) + dt.timedelta(minutes=self.chance.between(60, 170))
        self._row(step=step, outcome=outcome)

    def _row(self, **cells: Any) -> None:
        self.rows.append({"contact": self.contact, "at": self.now, **cells})


class Register:
    """The CRM that is being made up."""

    def __init__(self) -> None:
        self.chance = Chance(SEED)
        self.persons: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []

    def household(self, number: int) -> None:
        chance = self.chance
        kind = "old" if number % 8 == 3 else "other" if number % 8 == 5 else "growing"
        shared = self._shared(number, kind)
        father = self._person(number, "father", FATHERS, shared) if number % 33 else None
        mother = self._person(number, "mother", MOTHERS, shared) if number % 50 != 7 else None
        if father is not None and chance.percent(40):
            father["salesperson"] = chance.one_of(SALESPEOPLE)
        if father is not None and kind != "other":
            self._year_of(father, number, kind)
        if mother is not None:
            self._small_things(mother, number)

    def _shared(self, number: int, kind: str) -> dict[str, Any]:
        """What the people of a household have in common."""
        chance = self.chance
        year = {"growing": 2012 + number % 8, "old": 2023, "other": 2022}[kind]
        recent = number % 10 == 9
        return {
            "account": f"h{number:03}",
            "address": f"{chance.one_of(STREETS.split())} {chance.between(1, 99)}, {chance.one_of(TOWNS)}",
            "first_registered": f"{year}-{chance.between(1, 12):02}-{chance.between(1, 28):02}",
            "children": chance.between(1, 4) if kind != "other" else chance.below(2),
            "since": f"2027-01-{chance.between(12, 28)}" if recent else f"20{chance.between(19, 26)}-06-01",
        }

    def _person(self, number: int, role: str, names: str, shared: dict[str, Any]) -> dict[str, Any]:
        chance = self.chance
        name = chance.one_of(names.split())
        person = {
            "id": f"p{len(self.persons) + 1:04}",
            **shared,
            "first_name": name,
            "household_role": role,
            "mobile": f"+45 00 {chance.between(10, 99)} {chance.between(10, 99)} {chance.between(10, 99)}",
            "consent": "email;phone" if role == "father" else chance.one_of(CONSENTS),
        }
        person["email"] = f"{person['id']}@example.com"
        self.persons.append(person)
        return person

    def _year_of(self, father: dict[str, Any], number: int, kind: str) -> None:
        chance = self.chance
        starts = dt.datetime(2027, 1, 11) + dt.timedelta(days=(number * 7) % 90 + 20, minutes=chance.between(480, 1300))
        if kind == "old":
            route = OLD_CUSTOMERS[number // 8 % len(OLD_CUSTOMERS)]
            self._bought_before(father, number, route)
            starts = dt.datetime(2027, 3, 1, 12) + dt.timedelta(days=number % 60)
        else:
            route = ROUTES[number // 2 % len(ROUTES)]
            self._unusual(father, number, route)
        self.events += Story(father["id"], father, starts, chance).tell(route)

    def _bought_before(self, father: dict[str, Any], number: int, route: str) -> None:
        """Customers of ours: the order is history, and some of them lease."""
        bought = f"{self.chance.between(2023, 2025)}-{self.chance.between(1, 12):02}-15"
        at = dt.datetime.fromisoformat(f"{bought}T14:00")
        self.events.append({"contact": father["id"], "at": at, "event": "ordered", "amount": 289_000})
        if number % 16 == 3:
            earlier = at.replace(year=at.year - 6)
            self.events.append({"contact": father["id"], "at": earlier, "event": "ordered", "amount": 214_000})
        if "lease" in route:
            father["lease_ends"] = (dt.date(2027, 6, 1) + dt.timedelta(days=number % 150)).isoformat()

    def _unusual(self, father: dict[str, Any], number: int, route: str) -> None:
        """Some read letters only, some have not said yes to calls, some live by another clock."""
        if number % 11 == 2:
            father["email"], father["consent"] = "", "phone"
        if "call" not in route and "close" not in route and number % 3 == 0:
            father["consent"] = "email"
        if route in ("clicked", "visited declined", "clicked ordered", "ordered declined"):
            father["timezone"] = self.chance.one_of(("", "Europe/London", "America/New_York"))

    def _small_things(self, mother: dict[str, Any], number: int) -> None:
        """She visits the pages, and now and then changes her mind about mail."""
        at = dt.datetime(2027, 2, 1, 20) + dt.timedelta(days=number, minutes=self.chance.between(0, 100))
        if number % 6 == 0:
            self.events.append({"contact": mother["id"], "at": at, "event": "opened"})
        if number % 25 == 4:
            self.events.append({"contact": mother["id"], "at": at, "event": "consent_withdrawn", "channel": "email"})
        if number % 40 == 14:
            self.events.append({"contact": mother["id"], "at": at, "event": "consent_given", "channel": "email"})
        if number % 45 == 20:
            mother["timezone"] = self.chance.one_of(("Europe/London", "America/New_York"))

    def others(self) -> None:
        """Grown children and friends whom the CRM happens to know, until there are enough of them."""
        households = [person for person in self.persons if person["household_role"] in ("father", "mother")]
        keys = ("account", "address", "children", "since")
        while len(self.persons) < PERSONS:
            near = self.chance.one_of(households)
            friend = self.chance.percent(30)
            shared = {key: near[key] for key in keys}
            other = self._person(0, "friend" if friend else "child", FRIENDS if friend else CHILDREN, shared)
            if friend:
                other["roles"] = "influencer"
                other["address"] = ""


PERSON_COLUMNS = (
    "id account roles timezone since salesperson first_name household_role email mobile address first_registered "
    "children lease_ends consent"
)
EVENT_COLUMNS = "id contact at event step outcome amount channel"


def table(columns: str, rows: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns.split(), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def make() -> dict[str, str]:
    """The two files by name."""
    register = Register()
    for number in range(1, HOUSEHOLDS + 1):
        register.household(number)
    register.others()
    events = sorted(register.events, key=lambda row: (row["at"], row["contact"]))
    events = [row for row in events if row["at"].year <= 2027]
    for number, row in enumerate(events, 1):
        row["id"] = f"e{number:04}"
        row["at"] = row["at"].replace(tzinfo=CLOCK).isoformat()
    return {"persons.csv": table(PERSON_COLUMNS, register.persons), "events.csv": table(EVENT_COLUMNS, events)}


def main() -> None:
    for name, text in make().items():
        (HERE / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"{name}: {text.count(chr(10)) - 1} rows")


if __name__ == "__main__":
    main()
