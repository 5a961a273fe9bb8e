"""Which accounts of a state a day concerns. All others are carried over as they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TypeAlias

import attrs

from gridlang.runtime.reference.tally import Tally
from gridlang.runtime.rows import Input
from gridlang.runtime.state.accounts import Line, Opened, State
from gridlang.runtime.state.records import AccountRecord
from gridlang.runtime.state.seen import Unseen


@attrs.frozen(kw_only=True)
class Concern:
    """`records`: of the accounts that are taken apart; `people`: today's of these, and of new accounts.

    `carried`: the others; `beside`: tasks and audiences of those in which some are open, and are told again, or count
    against a team's capacity.
    """

    records: tuple[AccountRecord, ...]
    people: Input
    carried: tuple[Line, ...]
    beside: tuple[Opened, ...]


def concern(state: State, given: Unseen, horizon: int, *, everybody: bool, ended: bool, counts: _Counts) -> Concern:
    """What a day that goes on to `horizon` concerns.

    `everybody`: the plan was edited; `ended`: what waits for any moment is skipped at the horizon (R27); `counts`: says
    of a moment whether tasks handed out then count today (R18).
    """
    ids = {line.signs.id for line in state.accounts} if everybody else set(_concerned(state, given, horizon, ended))
    carried = tuple(line for line in state.accounts if line.signs.id not in ids)
    passed = {line.signs.id for line in carried}
    recent = _since(carried, counts)
    return Concern(
        records=tuple(line.record for line in state.accounts if line.signs.id in ids),
        people=given.today.people(lambda _, account: account not in passed),
        carried=carried,
        beside=tuple(line.opened for line in carried if line.signs.open or _or_never(line.signs.handed) >= recent),
    )


_Counts: TypeAlias = Callable[[int], bool]


def _concerned(state: State, given: Unseen, horizon: int, ended: bool) -> Iterator[str]:
    """By id; twice does no harm."""
    rows = dict(given.today.digests_of_people())
    for line in state.accounts:
        signs = line.signs
        comes = signs.next is not None and (ended or signs.next <= horizon)
        if not signs.id or not signs.entered or comes or signs.rows != rows.get(signs.id, ""):
            yield signs.id
    homes = {person: line.signs.id for line in state.accounts for person in line.signs.people}
    for person, account in given.today.homes():
        before = homes.setdefault(person, account)
        if before != account:
            yield from (before, account)
            homes[person] = account
    for row in given.happenings:
        if row.at <= horizon and row.contact in homes:
            yield homes[row.contact]


def _or_never(moment: int | None) -> int:
    return _NEVER if moment is None else moment


_NEVER = -(1 << 62)


def _since(lines: tuple[Line, ...], counts: _Counts) -> int:
    """The first of the moments at which tasks were handed out from which on they count: later ones do too."""
    moments = sorted({line.signs.handed for line in lines if line.signs.handed is not None})
    low, high = 0, len(moments)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if counts(moments[middle]) else (middle + 1, high)
    return moments[low] if low < len(moments) else -_NEVER


def tally(lines: tuple[Line, ...], caps: tuple[str, ...]) -> Tally:
    """What accounts that are carried over add to the counts. `caps`: the names of the plan's caps, by their index."""
    numbers = {name: number for number, name in enumerate(caps)}
    found = Tally()
    for standing, accounts in Counter(line.signs.standing for line in lines if line.signs.standing.people).items():
        found.accounts += accounts
        found.contacts += accounts * standing.people
        found.by_segment[standing.segment] += accounts
        for cap, peak, times in standing.peaks:
            found.pressure[numbers[cap], peak] += accounts * times
    return found
