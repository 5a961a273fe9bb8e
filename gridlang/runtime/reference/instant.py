"""R23: one moment, in rounds.

Each account settles: events; edges; ends and starts of runs; one decision, move or step; again until none is left.
Then of all touches that can be made in this second, over all accounts, the first by R17 is made; its account settles;
again. That is the order of R23 for every account, and the order in which tasks compete for the desk (R18).
"""

from __future__ import annotations

import heapq

from gridlang.runtime.reference import acting, cells, contacts, happenings, history, journey, runs
from gridlang.runtime.reference.order import Key
from gridlang.runtime.reference.people import Account
from gridlang.runtime.reference.running import Run
from gridlang.runtime.reference.world import World


def live(world: World, accounts: list[Account], now: int, entries: dict[str, str]) -> None:
    """One moment of the accounts for which it holds something."""
    competing: list[tuple[Key, Run]] = []
    for account in accounts:
        if account.now != now:
            _begin(account, now)
        if not account.entered:
            history.enter(world, account, now, entries.get(account.id))
        settle(world, account, now)
        _compete(world, account, now, competing)
    while competing:
        run = heapq.heappop(competing)[1]
        if contacts.make_or_skip(world, run, now):
            settle(world, run.person.account, now)
        _compete(world, run.person.account, now, competing)


def _begin(account: Account, now: int) -> None:
    account.now = now
    account.happened.clear()
    account.visited.clear()


def settle(world: World, account: Account, now: int) -> None:
    """Rounds until nothing is left to decide."""
    while True:
        happenings.take(world, account, now)
        moved = journey.walk_edge(world, account, now)
        cells.stand(world, account, now)
        runs.start_planned(world, account, now)
        if account.unstarted:
            runs.offer(world, account, now)
        able = [run for person in account.people for run in person.runs.values() if acting.can_act(run, now)]
        if able:
            acting.act(world, min(able, key=lambda run: run.key), now)
        elif not moved:
            return


def _compete(world: World, account: Account, now: int, competing: list[tuple[Key, Run]]) -> None:
    """Enter the account's first touch by R17 that is to be made or skipped in this instant."""
    waiting = [
        run
        for person in account.people
        for run in person.runs.values()
        if run.waiting is not None and run.wake is not None and run.wake <= now
    ]
    for run in sorted(waiting, key=lambda run: run.key):
        if contacts.is_due(world, run, now):
            heapq.heappush(competing, (run.key, run))
            return
