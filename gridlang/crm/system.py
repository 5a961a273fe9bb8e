"""What a system that takes task lists is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from gridlang.crm.item import Item
from gridlang.crm.options import CrmOptions
from gridlang.outputs import OutputFile
from gridlang.schedule.model import Plan


class System(Protocol):
    """A file in `systems/` with a `SYSTEM`."""

    @property
    def name(self) -> str:
        """`hubspot`."""

    @property
    def title(self) -> str:
        """`HubSpot`."""

    @property
    def doc(self) -> str:
        """What is written, on a line."""

    @property
    def options(self) -> type[CrmOptions]:
        """The class of its options."""

    @property
    def columns(self) -> Mapping[str, str]:
        """Its columns, in order, and what they hold."""

    @property
    def most_rows(self) -> int | None:
        """How many rows it takes in one file, the header among them."""

    @property
    def needs_owners(self) -> bool:
        """Whether it takes ids only, so that everybody who has work must be named in `owners`."""

    def takes(self, item: Item) -> bool:
        """Whether an item is for it."""

    def row(self, item: Item, owner: str, options: Any) -> dict[str, str]:
        """The cells of an item, ready as they are."""

    def beside(self, plan: Plan, names: list[str], columns: list[str]) -> tuple[OutputFile, ...]:
        """What else its import asks for, `names` being the files."""
