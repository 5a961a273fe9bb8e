"""When, in the order of an execution, something of the log came: for issues, and for who spends the budget first.

In one second each account settles, in order of ids; then touches are made one after the other, over all accounts, the
first by R17 at each time (R23); what an account does then comes with its turn. Last comes the plan itself, to whom
events of accounts happened.
"""

from __future__ import annotations

from typing import Protocol

from gridlang.runtime.engine.columns import Array
from gridlang.runtime.engine.lowering import Lowered
from gridlang.runtime.engine.results import Rows, Stamp


class Turns(Protocol):
    """What holds the keys whose turns were another's: a part, or all of them."""

    @property
    def leads(self) -> Array: ...


def of_row(lowered: Lowered, part: Turns, rows: Rows, number: int) -> Stamp:
    """The stamp of a row."""
    at, lead, turn = int(rows.at[number]), int(rows.lead[number]), int(rows.turn[number])
    person = int(rows.person[number])
    if lead == -1:
        campaign = int(rows.campaign[number])
        priority = lowered.plan.schedule.campaigns[campaign].priority
        key = (-priority, int(rows.ready[number]), campaign, int(rows.step[number]), person, int(rows.visit[number]))
        return at, 1, key, turn
    account = -1 if person < 0 else int(lowered.columns.people.account[person])
    return of(at, lead, account, turn, part.leads)


def of(at: int, lead: int, account: int, turn: int, leads: Array) -> Stamp:
    """The stamp of a record: `lead` -2 settling, -4 the plan itself, else an index into `leads`."""
    if lead == -2:
        return at, 0, (account,), turn
    if lead == -4:
        return at, 2, (), turn
    return at, 1, tuple(int(number) for number in leads[lead]), turn
