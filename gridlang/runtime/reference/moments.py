"""The one heap of moments over all accounts."""

from __future__ import annotations

import heapq

import attrs

from gridlang.runtime.reference.people import Account


@attrs.define(eq=False)
class Moments:
    """Which accounts to look at, and when. A moment too many does no harm: nothing is due then.

    `horizon`: nothing happens at it or later. `now`: nothing can be added before it.
    """

    horizon: int
    now: int = -(1 << 62)
    _heap: list[tuple[int, str]] = attrs.field(factory=list)
    _accounts: dict[str, Account] = attrs.field(factory=dict)

    def know(self, account: Account) -> None:
        self._accounts[account.id] = account

    def add(self, moment: int | None, account: Account) -> None:
        """Look at the account at that moment."""
        if moment is not None and self.now <= moment < self.horizon:
            heapq.heappush(self._heap, (moment, account.id))

    def next(self) -> int | None:
        """The next moment at which there is something to do."""
        return self._heap[0][0] if self._heap else None

    def take(self, moment: int) -> list[Account]:
        """The accounts to look at in this moment, each once, in order of their ids."""
        ids: list[str] = []
        while self._heap and self._heap[0][0] == moment:
            account_id = heapq.heappop(self._heap)[1]
            if not ids or ids[-1] != account_id:
                ids.append(account_id)
        return [self._accounts[account_id] for account_id in ids]

    def until(self, moment: int) -> dict[str, int]:
        """The accounts that have something to do before `moment`, by id, and when first."""
        found: dict[str, int] = {}
        for at, account_id in sorted(each for each in self._heap if each[0] < moment):
            found.setdefault(account_id, at)
        return found

    def forget(self, until: int) -> None:
        """Somebody else has lived every moment before `until`."""
        self._heap = [each for each in self._heap if each[0] >= until]
        heapq.heapify(self._heap)
        self.now = until
