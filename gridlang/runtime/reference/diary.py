"""Who keeps the diary of an execution: told where people stand, and when their runs begin and end; changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from gridlang.runtime.reference.people import Account
    from gridlang.runtime.reference.running import Run


class Diary(Protocol):
    """What `advance` tells the keeper of the diary."""

    def stands(self, account: Account, now: int) -> None:
        """The cells of the account's people were asked (R4); many stand where they stood."""

    def began(self, run: Run, now: int) -> None:
        """A run begins (R6)."""

    def ended(self, run: Run, now: int, left: bool) -> None:
        """A run ends: by itself, or because its campaign no longer stands there (`left`)."""
