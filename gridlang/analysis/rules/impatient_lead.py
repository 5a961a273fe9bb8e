"""A channel that takes longer to produce or book than anybody waits for it.

Why: both run from the moment the contact is ready (R12, R16), so it is given up before it can be made.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from gridlang.analysis.contacts import Contact, Waits, contacts_of, days_of
from gridlang.diagnostics import Code, Diagnostic, Level, Related
from gridlang.semantics.model import Model

IMPATIENT_LEAD = Code(
    "L0119",
    "impatient-lead",
    Level.WARNING,
    "{channel} takes {lead} to get ready, and is waited for {patience} only: {what}",
    why="both are counted from the moment the message is ready to go",
    help="give {where} a patience of more than {lead}, or {channel} a shorter `lead`",
)

WEEKDAYS_AND_MORE = 8
"""One day in seven is a weekday on which it fails; what is rarer is a holiday's doing."""


def check(model: Model) -> Iterator[Diagnostic]:
    if all(channel.lead is None for channel in model.schedule.channels):
        return
    waits = Waits.of(model.schedule)
    days = model.memory.of("first days", (), lambda: [waits.start(day) for day in days_of(model.schedule, 366)])

    def late(lead: str, patience: str) -> int:
        """On how many of the days a contact is given up."""
        return sum(waits.after(day, lead) > waits.after(day, patience) for day in days)

    said: set[tuple[int, str]] = set()
    counts: dict[tuple[str, str], int] = {}
    for contact in contacts_of(model):
        lead = contact.channel.lead
        if lead is None or (key := (contact.patience_place, contact.channel.name)) in said:
            continue
        if (count := counts.get((lead, contact.patience))) is None:
            what = f"lead {lead}, patience {contact.patience}"
            count = counts[lead, contact.patience] = model.memory.of(what, (), partial(late, lead, contact.patience))
        if count * WEEKDAYS_AND_MORE > len(days):
            said.add(key)
            yield _complaint(model, contact, lead, always=count == len(days))


def _complaint(model: Model, contact: Contact, lead: str, *, always: bool) -> Diagnostic:
    name = contact.channel.name
    of_campaign = contact.campaign.patience is not None
    return IMPATIENT_LEAD.at(
        model.span(contact.step.place),
        channel=name,
        lead=lead,
        patience=contact.patience,
        what="it never goes out" if always else "on some days it does not go out",
        where=f"campaign {contact.campaign.name}" if of_campaign else name,
        related=(
            Related(model.span(contact.channel.place), f"{name} is declared here"),
            *((Related(model.span(contact.campaign.place), "the campaign's patience"),) if of_campaign else ()),
        ),
    )
