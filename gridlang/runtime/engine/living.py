"""Accounts of the reference's world as columns: their people, also those who are absent, and their rows of events.

The objects of the world stay what they are; the numbers of the columns say which is which.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import numpy as np

from gridlang.runtime.engine.columns import NONE, Accounts, Columns, Events, People, column
from gridlang.runtime.reference.people import Account, Person
from gridlang.runtime.rows import Happening


@attrs.frozen(eq=False)
class Living:
    """Some accounts of a world, in order of their ids.

    `people`: by their number in the columns; of each account those of today, then those who are absent. `rows`: of
    events, as the columns have them: what has happened to an account stands before what is to come.
    """

    accounts: tuple[Account, ...]
    people: tuple[Person, ...]
    rows: tuple[tuple[Person, Happening], ...]

    @classmethod
    def of(cls, accounts: Iterable[Account]) -> Living:
        """These accounts, and everybody in them."""
        chosen = tuple(accounts)
        people = tuple(person for account in chosen for person in everybody(account))
        return cls(chosen, people, tuple(row for account in chosen for row in account.inbox))

    def columns(self) -> Columns:
        """What the engine is given."""
        sizes = [len(everybody(account)) for account in self.accounts]
        names = dict.fromkeys(name for account in self.accounts for name in account.attributes)
        accounts = Accounts(
            ids=[account.id for account in self.accounts],
            people=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
            attributes={name: column(each.attributes.get(name) for each in self.accounts) for name in names},
        )
        return Columns(people=self._people(sizes), accounts=accounts, events=self._events())

    def _people(self, sizes: list[int]) -> People:
        contacts = [person.contact for person in self.people]
        names = dict.fromkeys(name for contact in contacts for name in contact.attributes)
        return People(
            ids=[contact.id for contact in contacts],
            account=np.repeat(np.arange(len(sizes), dtype=np.int32), sizes),
            timezone=column(contact.timezone or None for contact in contacts),
            language=column(contact.language for contact in contacts),
            since=column(contact.since for contact in contacts),
            salesperson=column(contact.salesperson for contact in contacts),
            roles=column(contact.roles for contact in contacts),
            attributes={name: column(contact.attributes.get(name) for contact in contacts) for name in names},
        )

    def _events(self) -> Events:
        numbers = {id(person): number for number, person in enumerate(self.people)}
        sizes = [len(account.inbox) for account in self.accounts]
        rows = [row for _, row in self.rows]
        fields = dict.fromkeys(name for row in rows for name in row.payload)
        return Events(
            of=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
            person=np.array([numbers[id(person)] for person, _ in self.rows], np.int32),
            at=np.array([row.at for row in rows], np.int64),
            event=column(None if row.outcome is not None else row.event or "" for row in rows),
            outcome=column(row.outcome for row in rows),
            task=column(row.task for row in rows),
            step=column(row.step for row in rows),
            id=column(row.id for row in rows),
            payload={name: column(row.payload.get(name) for row in rows) for name in fields},
            file="",
            settled=True,
            row=np.array([row.origin.row for row in rows], np.int64),
            line=np.array([NONE if row.origin.line is None else row.origin.line for row in rows], np.int64),
        )


def everybody(account: Account) -> tuple[Person, ...]:
    """The people of today, then those who are absent."""
    return (*account.people, *account.absent)
