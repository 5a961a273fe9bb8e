"""Accounts counted: how many in which segment, their people, and how full the windows of caps became for them."""

from __future__ import annotations

from collections import Counter

import attrs

from gridlang.runtime.reference.people import Account


@attrs.define
class Tally:
    """Parts of it add up. `pressure`: by cap and peak (`Counts.pressure`)."""

    accounts: int = 0
    contacts: int = 0
    by_segment: Counter[str] = attrs.field(factory=Counter)
    pressure: Counter[tuple[int, int]] = attrs.field(factory=Counter)

    def count(self, account: Account) -> None:
        """An account that is in the plan, and whose people are."""
        if account.entered and account.people:
            self.accounts += 1
            self.contacts += len(account.people)
            self.by_segment[account.segment.name if account.segment else ""] += 1
            self.pressure.update(account.peaks.items())
            for person in account.people:
                self.pressure.update(person.peaks.items())

    def add(self, other: Tally) -> None:
        self.accounts += other.accounts
        self.contacts += other.contacts
        self.by_segment.update(other.by_segment)
        self.pressure.update(other.pressure)
