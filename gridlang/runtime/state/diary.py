"""The diary that a state keeps beside its tables: cells entered and left, campaigns begun and ended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import attrs

from gridlang.runtime.reference.people import Account, Person
from gridlang.runtime.state.records import DiaryRecord


@attrs.define
class Keeper:
    """Writes down what changes. `cells`: where each person stood when it was last looked."""

    records: list[DiaryRecord] = attrs.field(factory=list)
    cells: dict[str, tuple[str, str, str, tuple[str, ...]]] = attrs.field(factory=dict)

    def know(self, accounts: Iterable[Account]) -> None:
        """Where people stood when the state was saved."""
        for account in accounts:
            for person in account.people if account.entered else ():
                self.cells[person.id] = _cell(person)

    def stands(self, account: Account, now: int) -> None:
        for person in account.people:
            cell = _cell(person)
            if self.cells.get(person.id) != cell:
                self.cells[person.id] = cell
                segment, phase, relation, roles = cell
                self.records.append(
                    DiaryRecord(
                        at=now,
                        account=account.id,
                        contact=person.id,
                        what="cell",
                        segment=segment,
                        phase=phase,
                        relation=relation,
                        roles=roles,
                    )
                )

    def began(self, person: Person, campaign: str, now: int) -> None:
        self._note(person, campaign, now, "begins", "")

    def ended(self, person: Person, campaign: str, now: int, why: str) -> None:
        self._note(person, campaign, now, "ends", why)

    def _note(self, person: Person, campaign: str, now: int, what: Literal["begins", "ends"], why: str) -> None:
        record = DiaryRecord(
            at=now,
            account=person.account.id,
            contact=person.id,
            what=what,
            campaign=campaign,
            why=why,
        )
        self.records.append(record)

    def taken(self) -> tuple[DiaryRecord, ...]:
        """What has been written down, which is then forgotten."""
        records, self.records = tuple(self.records), []
        return records


def _cell(person: Person) -> tuple[str, str, str, tuple[str, ...]]:
    account = person.account
    segment = account.segment.name if account.segment else ""
    return segment, account.phase, account.relation or "", person.roles
