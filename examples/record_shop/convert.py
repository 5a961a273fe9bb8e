"""Turn the shop's purchases (data/CDNOW_sample.txt) into persons.csv and events.csv, beside this script.

The source knows a day, not an hour: every purchase gets the same wall clock, noon. A customer is known to the shop from
the first purchase on (`since`). A purchase's `id` is its line in the source, so that two equal orders stay two.

    python convert.py
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
NOON = "T12:00:00"


class Purchase(NamedTuple):
    """A line of the source: `line` from 1, `customer` the number in the full set, `contact` in the sample."""

    line: int
    customer: str
    contact: str
    day: str
    items: int
    dollars: str


def read(text: str) -> list[Purchase]:
    """All purchases, in the order of the source (by customer, then day)."""
    purchases = []
    for number, line in enumerate(text.splitlines(), 1):
        customer, contact, day, items, dollars = line.split()
        purchases.append(Purchase(number, customer, contact, f"{day[:4]}-{day[4:6]}-{day[6:]}", int(items), dollars))
    return purchases


def persons(purchases: list[Purchase]) -> str:
    """A row for each customer, known since their first purchase."""
    first: dict[str, Purchase] = {}
    for purchase in purchases:
        if purchase.contact not in first or purchase.day < first[purchase.contact].day:
            first[purchase.contact] = purchase
    rows = [[p.contact, p.customer, p.day + NOON] for p in first.values()]
    return table(["id", "customer", "since"], rows)


def events(purchases: list[Purchase]) -> str:
    """A row for each purchase, on the shop's clock."""
    rows = [[str(p.line), p.contact, p.day + NOON, "purchase", p.dollars, str(p.items)] for p in purchases]
    return table(["id", "contact", "at", "event", "amount", "items"], rows)


def table(header: list[str], rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()


def main() -> None:
    purchases = read((HERE / "data" / "CDNOW_sample.txt").read_text(encoding="ascii"))
    for name, text in (("persons.csv", persons(purchases)), ("events.csv", events(purchases))):
        (HERE / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"{name}: {text.count(chr(10)) - 1} rows")


if __name__ == "__main__":
    main()
