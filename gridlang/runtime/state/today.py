"""Today's rows, as a run on a state asks for them: of most people only who they are, and by what their rows are known.

Rows that were read one by one are all there (`Rows`). Of millions, which stand in columns, only those become objects
that the day concerns (`gridlang.runtime.engine.today`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeAlias

import attrs

from gridlang.runtime.inputs import in_time
from gridlang.runtime.rows import Contact, FileCount, Happening, Input, Issue
from gridlang.runtime.state.signs import Narrowed, digest_of_people, digest_of_row

Chosen: TypeAlias = Callable[[str, str], bool]
"""Says of a person and their account, by their ids, whether they are meant."""


class Today(Protocol):
    """What a run was given."""

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Of reading it."""

    @property
    def files(self) -> tuple[FileCount, ...]:
        """What became of its rows when they were read."""

    @property
    def events_file(self) -> str:
        """Where its rows of events stand; nothing where there are none."""

    def homes(self) -> Iterator[tuple[str, str]]:
        """Everybody, and the account of each."""

    def digests_of_people(self) -> Iterator[tuple[str, str]]:
        """Each account that has people, and the digest of their rows."""

    def digests_of_rows(self, narrowed: Narrowed) -> Iterator[str]:
        """Of each row of events the digest, one after the other."""

    def happenings(self, numbers: Sequence[int] | None = None) -> tuple[Happening, ...]:
        """The rows of events with these numbers, from 0 in the order of their digests; in the order of time. None: all
        of them."""

    def people(self, chosen: Chosen) -> Input:
        """Those who are meant, in order of their ids, and the attributes of their accounts."""


@attrs.frozen
class Rows:
    """Rows that are objects."""

    given: Input

    @property
    def issues(self) -> tuple[Issue, ...]:
        return self.given.issues

    @property
    def files(self) -> tuple[FileCount, ...]:
        return self.given.files

    @property
    def events_file(self) -> str:
        return self.given.happenings[0].origin.file if self.given.happenings else ""

    def homes(self) -> Iterator[tuple[str, str]]:
        return ((contact.id, contact.account) for contact in self.given.contacts)

    def digests_of_people(self) -> Iterator[tuple[str, str]]:
        people: dict[str, list[Contact]] = {}
        for contact in sorted(self.given.contacts, key=lambda each: each.id):
            people.setdefault(contact.account, []).append(contact)
        for account, contacts in people.items():
            yield account, digest_of_people(self.given.accounts.get(account, {}), contacts)

    def digests_of_rows(self, narrowed: Narrowed) -> Iterator[str]:
        return (digest_of_row(row, narrowed) for row in self.given.happenings)

    def happenings(self, numbers: Sequence[int] | None = None) -> tuple[Happening, ...]:
        rows: Iterable[Happening] = self.given.happenings
        if numbers is not None:
            rows = (self.given.happenings[number] for number in numbers)
        return tuple(sorted(rows, key=in_time))

    def people(self, chosen: Chosen) -> Input:
        contacts = [each for each in self.given.contacts if chosen(each.id, each.account)]
        homes = {contact.account for contact in contacts}
        return Input(
            contacts=tuple(sorted(contacts, key=lambda each: each.id)),
            accounts={name: values for name, values in self.given.accounts.items() if name in homes},
            happenings=(),
        )
