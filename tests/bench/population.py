"""A population for `examples/family_car`, of any size: `python tests/bench/population.py ACCOUNTS FOLDER [FORMAT ...]`.

So many accounts, 1.6 times as many persons, five times as many events over the year of the plan, in its own shape: the
segments by the sizes that the plan gives them, roles, consents, phases (strangers, people on their way, old customers)
and answers that come when the plan can have asked. Nobody here exists. The same number gives the same rows, whatever
the machine; DuckDB makes and writes them, so that nothing is held in Python.

FORMAT is parquet (left out: this), csv or jsonl.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import attrs

ROOT = Path(__file__).parents[2]
PLAN = ROOT / "examples" / "family_car"
GROWING, EVERYBODY = 12_000, 42_000
"""Of so many accounts, so many are growing families: the sizes of the plan's segments."""
CAPACITY = 25 / 12_000
"""Tasks a day for each account."""

# Chance by arithmetic that stays below 2**63, so that it is the same in every version of DuckDB.
CHANCE = """
CREATE MACRO mixed(x) AS (x * x + 48271 * x + 12345) % 2147483647;
CREATE MACRO chance(n, salt, k) AS ((mixed(mixed((n * 69621 + salt::BIGINT * 1566083941) % 2147483647)) >> 7) % k);
CREATE MACRO padded(n) AS lpad(n::VARCHAR, 8, '0');
CREATE MACRO workday(t) AS t + to_days(CASE isodow(t) WHEN 6 THEN 2 WHEN 7 THEN 1 ELSE 0 END::INTEGER);
CREATE MACRO minutes(t, m) AS t + to_minutes((m)::BIGINT);
CREATE MACRO day(n) AS TIMESTAMP '2027-01-11' + to_days((n)::INTEGER);
"""

ACCOUNTS = f"""
CREATE VIEW accounts AS
SELECT n, chance(n, 1, {EVERYBODY}) < {GROWING} AS growing, chance(n, 2, 100) AS share,
  1 + (share >= 45)::BIGINT + (share >= 95)::BIGINT AS size, growing AND chance(n, 3, 8) = 0 AS customer
FROM (SELECT range AS n FROM range($accounts));
"""

PERSONS = """
CREATE VIEW everybody AS
SELECT n, k, growing, customer, n * 4 + k AS m, CASE k WHEN 0 THEN 'father' WHEN 1 THEN 'mother' ELSE
  CASE chance(n, 4, 2) WHEN 0 THEN 'child' ELSE 'friend' END END AS role
FROM accounts, LATERAL (SELECT unnest(range(size)) AS k);
"""
PERSON_ROWS = """
SELECT 'p' || padded(n) || k AS id, 'h' || padded(n) AS account,
  CASE WHEN role = 'friend' THEN 'influencer' END AS roles,
  CASE chance(m, 5, 40) WHEN 0 THEN 'Europe/London' WHEN 1 THEN 'America/New_York' END AS timezone,
  CASE WHEN chance(n, 6, 10) = 9 THEN DATE '2027-01-12' + chance(n, 7, 17)::INTEGER
    ELSE make_date((2019 + chance(n, 7, 8))::BIGINT, 6, 1) END AS since,
  CASE WHEN k = 0 AND chance(n, 8, 5) < 2
    THEN CASE chance(n, 9, 2) WHEN 0 THEN 'mette@example.dk' ELSE 'jonas@example.dk' END END AS salesperson,
  (CASE k WHEN 0 THEN ['Per', 'Lars', 'Jens', 'Karim', 'Søren', 'Åge', 'Mikkel', 'Ali', 'Bo', 'Rasmus']
    WHEN 1 THEN ['Hanne', 'Mette', 'Anne', 'Amina', 'Æmilia', 'Leyla', 'Dorte', 'Ida', 'Line', 'Eva']
    ELSE ['Noah', 'Emma', 'Oscar', 'Freja', 'Alma', 'Yusuf', 'Finn', 'Tanja', 'Bjørn', 'Ulla'] END
  )[1 + chance(m, 10, 10)] AS first_name, role AS household_role,
  CASE WHEN chance(m, 11, 11) <> 2 THEN id || '@example.com' END AS email,
  '+45 00 ' || (10 + chance(m, 12, 90)) || ' ' || (10 + chance(m, 13, 90)) || ' ' || (10 + chance(m, 14, 90)) AS mobile,
  CASE WHEN role <> 'friend' THEN ['Birkevej', 'Kirkegade', 'Østergade', 'Ågade', 'Skolevej'][1 + chance(n, 15, 5)]
    || ' ' || (1 + chance(n, 16, 99)) || ', ' || ['8000 Aarhus C', '5000 Odense C', '9000 Aalborg'][
      1 + chance(n, 17, 3)]
  END AS address,
  CASE WHEN growing OR chance(n, 18, 2) = 0 THEN make_date(CASE WHEN customer THEN 2023 WHEN growing
    THEN 2012 + chance(n, 19, 8) ELSE 2022 END, 1 + chance(n, 20, 12), 1 + chance(n, 21, 28)) END AS first_registered,
  CASE WHEN growing THEN 1 + chance(n, 22, 4) ELSE chance(n, 23, 2) END AS children,
  CASE WHEN customer AND chance(n, 24, 3) = 0 THEN DATE '2027-06-01' + chance(n, 25, 150)::INTEGER END AS lease_ends,
  CASE WHEN k = 0 THEN ['email;phone', 'email;phone', 'email', 'phone'][1 + chance(m, 26, 4)]
    ELSE ['email', 'email;phone', 'email;sms', NULL][1 + chance(m, 27, 4)] END AS consent
FROM everybody ORDER BY n, k
"""

# What a household does: at most five things, one after the other. `t` is when they turn up, `call` when a colleague
# can have called, `meet` when they can have met, `last` when the last call can have been made.
STORIES = """
CREATE VIEW stories AS
WITH times AS (
  SELECT *, chance(n, 30, 100) AS route, minutes(day(chance(n, 31, 300)), 480 + chance(n, 32, 800)) AS t,
    workday(day(chance(n, 31, 300) + 8 + chance(n, 33, 4))) AS called,
    minutes(called, 600 + chance(n, 34, 380)) AS call,
    minutes(workday(called + to_days(3)), 600 + chance(n, 35, 380)) AS call2,
    minutes(workday(called + to_days(7)), 600 + chance(n, 36, 380)) AS call3,
    workday(day(chance(n, 31, 300) + 3)) AS booked, minutes(booked, 700 + chance(n, 37, 300)) AS book,
    minutes(workday(booked + to_days((4 + chance(n, 38, 5))::INTEGER)), 620 + chance(n, 39, 360)) AS meet,
    minutes(workday(booked + to_days((9 + chance(n, 38, 5))::INTEGER)), 620 + chance(n, 40, 360)) AS later,
    minutes(workday(booked + to_days((28 + chance(n, 38, 5))::INTEGER)), 620 + chance(n, 41, 360)) AS last
  FROM accounts
)
SELECT n, growing, size, t, CASE
  WHEN customer THEN [
    {'at': TIMESTAMP '2023-03-15 14:00' + to_days(chance(n, 42, 900)::INTEGER), event: 'ordered', step: '',
     outcome: ''}]
  WHEN NOT growing THEN []
  WHEN route < 12 THEN []
  WHEN route < 34 THEN [came(t, n)]
  WHEN route < 46 THEN [came(t, n), happened(book, 'meeting_booked'),
    told(meet, 'close_the_sale.task:showroom:offer_papers', 'ordered')]
  WHEN route < 56 THEN [came(t, n), happened(book, 'meeting_booked'),
    told(meet, 'close_the_sale.task:showroom:offer_papers', 'took_papers'), happened(later, 'replied'),
    told(last, 'close_the_sale.close', CASE chance(n, 43, 3) WHEN 0 THEN 'ordered' WHEN 1 THEN 'not_yet'
      ELSE 'no_answer' END)]
  WHEN route < 61 THEN [came(t, n), happened(book, 'test_drive'),
    told(meet, 'close_the_sale.task:showroom:offer_papers', 'lost'), happened(last, 'clicked')]
  WHEN route < 73 THEN [came(t, n), told(call, 'call', 'not_now'), happened(last, 'clicked')]
  WHEN route < 82 THEN [came(t, n), told(call, 'call', 'no_time')]
  WHEN route < 90 THEN [came(t, n), told(call, 'call', 'no_answer'), told(call2, 'call', 'no_answer'),
    told(call3, 'call', 'no_answer')]
  WHEN route < 96 THEN [came(t, n), told(call, 'call', 'meeting_booked'),
    told(last, 'close_the_sale.task:showroom:offer_papers', 'ordered')]
  ELSE [came(t, n), happened(book, 'declined')] END AS story
FROM times;
"""
WORDS = """
CREATE MACRO happened(t, name) AS {'at': t, event: name, step: '', outcome: ''};
CREATE MACRO told(t, name, answer) AS {'at': t, event: '', step: name, outcome: answer};
CREATE MACRO came(t, n) AS happened(t, ['clicked', 'visited', 'replied', 'brochure_ordered'][1 + chance(n, 44, 4)]);
"""

# What fills the five up: they open mails, look at pages, change their minds about mail. Growing families look at pages
# in their stories only, since a look at a page is what moves them.
EVENT_ROWS = """
SELECT 'e' || padded(n) || j AS id, 'p' || padded(n) || CASE WHEN told IS NULL THEN chance(m, 50, size) ELSE 0 END
    AS contact, moment AS "at", nullif(event, '') AS event, nullif(step, '') AS step, nullif(outcome, '') AS outcome,
  CASE WHEN event = 'ordered' THEN 180000 + chance(m, 51, 240) * 1000 END AS amount,
  CASE WHEN event LIKE 'consent%' THEN 'email' END AS channel
FROM (
  SELECT n, j, n * 8 + j AS m, size, told,
    coalesce(told['at'], minutes(day(chance(m, 52, 350)), chance(m, 53, 1440))) AS moment,
    CASE WHEN told IS NOT NULL THEN told['event'] WHEN kind < 2 THEN 'consent_withdrawn'
      WHEN kind < 3 THEN 'consent_given'
      WHEN kind < 60 OR growing THEN 'opened' WHEN kind < 90 THEN 'clicked' ELSE 'visited' END AS event,
    coalesce(told['step'], '') AS step, coalesce(told['outcome'], '') AS outcome
  FROM (SELECT n, growing, size, j, story[j + 1] AS told, chance(n * 8 + j, 54, 100) AS kind
    FROM stories, LATERAL (SELECT unnest(range(5)) AS j))
) ORDER BY moment, n, j
"""
OPTIONS = {".parquet": "FORMAT parquet, COMPRESSION zstd", ".csv": "FORMAT csv, HEADER", ".jsonl": "FORMAT json"}


@attrs.frozen
class Population:
    """Where the files of a population stand."""

    folder: Path
    accounts: int
    format: str = "parquet"

    @property
    def persons(self) -> Path:
        return self.folder / f"persons.{self.format}"

    @property
    def events(self) -> Path:
        return self.folder / f"events.{self.format}"


def make(accounts: int, folder: Path, format: str = "parquet", memory: str = "4GB") -> Population:
    """Write the files, unless they stand there."""
    population = Population(folder, accounts, format)
    if population.persons.exists() and population.events.exists():
        return population
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        database = _database(scratch, memory)
        for statement in (CHANCE, WORDS, ACCOUNTS.replace("$accounts", str(accounts)), PERSONS, STORIES):
            database.execute(statement)
        _write(database, PERSON_ROWS, population.persons)
        _write(database, EVENT_ROWS, population.events, "at")
        database.close()
    return population


def _database(scratch: str, memory: str) -> Any:
    import duckdb

    database = duckdb.connect(config={"memory_limit": memory, "temp_directory": scratch, "threads": 2})
    database.execute("SET TimeZone = 'UTC'")
    return database


def _write(database: Any, rows: str, place: Path, moment: str = "") -> None:
    """Whole or not at all, in the format of its name; `moment` is the column that holds one."""
    part = place.with_suffix(".part")
    columnar = place.suffix == ".parquet"
    typed = f'"{moment}"::TIMESTAMPTZ' if columnar else f"strftime(\"{moment}\", '%Y-%m-%dT%H:%M:%SZ')"
    chosen = f'SELECT * REPLACE ({typed} AS "{moment}")' if moment else "SELECT *"
    database.execute(f"COPY ({chosen} FROM ({rows})) TO '{part}' ({OPTIONS[place.suffix]})")
    part.rename(place)


def schedule_for(accounts: int, share: float = 1.0) -> Any:
    """The plan of the example, its desk scaled to so many accounts; `share` 0.5 is half of that."""
    from gridlang.cli.plan import load

    return with_capacity(load(str(PLAN)).schedule, max(1, round(CAPACITY * accounts * share)))


def with_capacity(schedule: Any, tasks: int) -> Any:
    """The schedule with so many tasks a day for the sales desk."""
    teams = tuple(
        attrs.evolve(team, capacity=f"{tasks} per calendar day") if team.capacity else team for team in schedule.teams
    )
    return attrs.evolve(schedule, teams=teams)


if __name__ == "__main__":
    for wanted in sys.argv[3:] or ["parquet"]:
        made = make(int(sys.argv[1].replace("_", "")), Path(sys.argv[2]), wanted)
        print(made.persons, made.events)
