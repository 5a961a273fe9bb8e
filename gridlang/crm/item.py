"""A thing to be done, before it takes the form of a system."""

from __future__ import annotations

from typing import Literal

import attrs

from gridlang.schedule.model import Place


@attrs.frozen(kw_only=True)
class Item:
    """`start` is when it is handed out or can begin, `due` when it must be done: moments in seconds UTC; the days are
    those of the plan's clock, `2027-02-08`. `way` is how it is done; `line` its channel and those it starts from."""

    id: str
    subject: str
    lines: tuple[str, ...]
    start: int
    due: int
    due_day: str
    way: Literal["call", "email", "meeting", "task"]
    priority: int
    done: bool
    team: str
    member: str
    campaign: str
    place: Place
    contact: str = ""
    account: str = ""
    channel: str = ""
    message: str = ""
    step: str = ""
    kind: str = ""
    outcome: str = ""
    outcomes: tuple[str, ...] = ()
    person: dict[str, str] = attrs.field(factory=dict)
    """Attributes of the contact as texts, by name."""
    household: dict[str, str] = attrs.field(factory=dict)
    """Attributes of the account as texts."""

    @property
    def trace(self) -> str:
        """Where it comes from: its stable id, file, line and declaration."""
        return f"gridlang {self.id} {self.place.file}:{self.place.line} {self.place.declaration}"

    def contact_by(self, attribute: str | None) -> str:
        """The person's id in another system: what the attribute holds; without one, our own."""
        return self.person.get(attribute, "") if attribute else self.contact

    def account_by(self, attribute: str | None) -> str:
        """The same of the account."""
        return self.household.get(attribute, "") if attribute else self.account

    def ranked(self, low: str, normal: str, high: str) -> str:
        """The campaign's priority in three steps: below 34, up to 66, above."""
        return low if self.priority < 34 else normal if self.priority <= 66 else high


SOURCES = {
    "id": "the stable id, 20 hex digits",
    "campaign": "the campaign's name",
    "step": "the step in it",
    "channel": "the channel",
    "message": "the message",
    "team": "the team",
    "member": "the member of the team",
    "contact": "the person's id",
    "account": "the account's id",
    "kind": "task, notice, booking, start or text",
    "outcome": "how it went",
    "outcomes": "the answers that the plan waits for, joined by `;`",
    "place": "file and line in the plan",
    "declaration": "what is declared there",
}
"""What a column of one's own can hold, beside `person.NAME` and `account.NAME`, attributes."""


def source(item: Item, name: str) -> str:
    """The value of one of `SOURCES`, or of an attribute."""
    owner, dot, attribute = name.partition(".")
    if dot:
        return (item.person if owner == "person" else item.household).get(attribute, "")
    match name:
        case "outcomes":
            return ";".join(item.outcomes)
        case "place":
            return f"{item.place.file}:{item.place.line}"
        case "declaration":
            return item.place.declaration
        case _:
            return str(getattr(item, name))
