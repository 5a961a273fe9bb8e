"""What rows are called: their contact, campaign and step, and the ids of R24."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import attrs
import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.runtime.engine.columns import NONE, Columns
from gridlang.runtime.engine.reading.arrays import Array, Arrow
from gridlang.runtime.engine.reading.cells import parts_of, texts_of
from gridlang.runtime.engine.reading.texts import Texts
from gridlang.runtime.engine.reading.typed import TEXT
from gridlang.runtime.engine.results import Rows
from gridlang.runtime.engine.writing import digests
from gridlang.runtime.reference.identity import SEPARATOR
from gridlang.schedule.model import Schedule

HOLDOUT = "holdout"
FEW = 1 << 12
"""So few rows are named before the loop that names many is loaded."""


@attrs.frozen(eq=False)
class Names:
    """The ids of people and accounts, and the names of steps: `first` is the number of a campaign's first step in
    `steps`, the holdout of each campaign stands before it."""

    plan: str
    people: Arrow
    accounts: Arrow
    account: Array
    steps: list[str]
    first: Array
    _within: list[bytes]
    """What stands between a contact and a visit in the text of an id, for each step."""

    @classmethod
    def of(cls, schedule: Schedule, columns: Columns) -> Names:
        """For a run."""
        steps: list[str] = []
        within: list[bytes] = []
        first: list[int] = []
        for campaign in schedule.campaigns:
            first.append(len(steps) + 1)
            for step in (HOLDOUT, *(step.id for step in campaign.steps)):
                steps.append(step)
                between = SEPARATOR.join(("", campaign.name, step, ""))
                within.append(unicodedata.normalize("NFC", between).encode())
        return cls(
            plan=unicodedata.normalize("NFC", schedule.plan.name),
            people=_arrow(columns.people.ids),
            accounts=_arrow(columns.accounts.ids),
            account=columns.people.account,
            steps=steps,
            first=np.array(first, np.int64),
            within=within,
        )

    def step(self, rows: Rows) -> Array:
        """int64: the index of each row's step in `steps`."""
        return self.first[rows.campaign] + rows.step

    def contacts(self, person: Array) -> Arrow:
        """The ids of people, null for the plan itself."""
        return self.people.take(pyarrow.array(person, mask=person == NONE))

    def houses(self, person: Array) -> Arrow:
        """The ids of their accounts, null for the plan itself."""
        nobody = person == NONE
        at = self.account[np.where(nobody, 0, person)] if len(self.account) else person
        return self.accounts.take(pyarrow.array(at, mask=nobody))

    def ids(self, contacts: Arrow, rows: Rows) -> Arrow:
        """R24."""
        step = self.step(rows)
        if rows.at.size < FEW:
            digits = digests.by_hand(self._texts(contacts, step, rows.visit))
        else:
            within, edges = np.frombuffer(b"".join(self._within), np.uint8), np.cumsum([0, *map(len, self._within)])
            start = np.frombuffer((self.plan + SEPARATOR).encode(), np.uint8)
            digits = digests.together(start, *parts_of(contacts), edges, within, step, rows.visit)
        return texts_of(np.arange(rows.at.size + 1) * digests.LENGTH, digits.reshape(-1))

    def _texts(self, contacts: Arrow, step: Array, visit: Array) -> Iterator[bytes]:
        start = (self.plan + SEPARATOR).encode()
        for contact, number, times in zip(contacts.to_pylist(), step.tolist(), visit.tolist(), strict=True):
            yield start + (contact or "").encode() + self._within[number] + b"%d" % times


def _arrow(texts: object) -> Arrow:
    """Texts as Arrow holds them."""
    return texts.arrow if isinstance(texts, Texts) else pyarrow.array(list(texts), TEXT)  # type: ignore[call-overload]
