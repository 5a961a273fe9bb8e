"""What a system that takes task lists is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import attrs

from gridlang.crm.item import Item
from gridlang.crm.options import CrmOptions
from gridlang.outputs import OutputFile
from gridlang.schedule.model import Plan


@attrs.frozen(kw_only=True)
class System(ABC):
    """A file in `systems/` with a `SYSTEM`: `hubspot`, which people call `HubSpot`, and what is written, on a line.

    `columns` are those of its import, in order, and what they hold; `imports` tells how somebody takes the file in
    there. `most_rows` is how many rows it takes in one file, the header among them. `needs_owners`: it takes ids only,
    so everybody who has work must be named in `owners`.
    """

    name: str
    title: str
    doc: str
    options: type[CrmOptions]
    columns: dict[str, str]
    imports: tuple[str, ...]
    most_rows: int | None = None
    needs_owners: bool = True

    def takes(self, item: Item) -> bool:
        """Whether an item is for it."""
        return True

    @abstractmethod
    def row(self, item: Item, owner: str, options: Any) -> dict[str, str]:
        """The cells of an item, ready as they are."""

    def beside(self, plan: Plan, names: list[str], columns: list[str]) -> tuple[OutputFile, ...]:
        """What else its import asks for, `names` being the files."""
        return ()
