"""Who keeps the diary of an execution: told where people stand, and when their runs begin and end; changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from gridlang.runtime.reference.people import Account, Person


class Diary(Protocol):
    """What `advance` tells the keeper of the diary."""

    def stands(self, account: Account, now: int) -> None:
        """The cells of the account's people were asked (R4); many stand where they stood."""

    def began(self, person: Person, campaign: str, now: int) -> None:
        """A run begins (R6)."""

    def ended(self, person: Person, campaign: str, now: int, why: str) -> None:
        """A run ends; `why` is one of the words here, or an issue's."""


AT_ITS_END = "end"
"""The flow came to its end, or to `stop`."""
LEFT = "left"
"""The campaign no longer stands where the person does (R4)."""
