"""`channel`: a medium and its rules."""

import attrs

from gridlang.diagnostics import Edit, Fix
from gridlang.diagnostics.codes import campaigns as codes
from gridlang.schedule import model
from gridlang.semantics.context import Here
from gridlang.semantics.kinds.base import Bound, FieldSpec, Kind, ancestors
from gridlang.semantics.kinds.team import merge_days
from gridlang.semantics.values import CAP, DAYS, DURATION, HOURS, MONEY, YES_NO, Reader, words, wrong
from gridlang.syntax import nodes

CONSENT = "consent"
"""The attribute that `consent: required` asks."""


def _attribute(value: nodes.Expression, here: Here) -> str | None:
    if isinstance(value, nodes.Reference) and len(value.parts) == 1:
        return value.text
    return wrong(value, here, "the name of an attribute")


def _consent(value: nodes.Expression, here: Here) -> str | None:
    if isinstance(value, nodes.Reference) and value.text in ("required", "no"):
        return CONSENT if value.text == "required" else ""
    if (
        isinstance(value, nodes.Comparison)
        and value.sign == "in"
        and isinstance(value.left, nodes.Reference)
        and value.left.text == "required"
        and isinstance(value.right, nodes.Reference)
    ):
        return value.right.text
    return wrong(value, here, "`required`, `required in ATTRIBUTE` or `no`")


def _lower(bound: Bound) -> model.Channel:
    declared = bound.declared
    channel = model.Channel(
        **bound.common(),
        ancestors=ancestors(declared, bound.context) if declared else (),
        reach=bound.values("reach") or ("person",),
        address=bound.value("address"),
        consent=bound.value("consent") or None,
        hours=bound.values("hours"),
        days=merge_days(bound.values("days")),
        quiet=bound.values("quiet"),
        cap=bound.value("cap"),
        on_cap=bound.value("on_cap", "wait"),
        patience=bound.value("patience"),
        lead=bound.value("lead"),
        cost=bound.value("cost"),
        inbound=bound.value("inbound", False),
    )
    return _cap_of_itself(bound, channel)


def _without_others(cap: nodes.Frequency) -> Fix:
    """The cap without `across …`."""
    period = cap.duration or cap.calendar
    assert period is not None
    text = cap.span.source.text[cap.span.start : period.span.end]
    text += " per account" if cap.per_account else ""
    return Fix(f"write `{text}`", (Edit(cap.span, text),))


def _cap_of_itself(bound: Bound, channel: model.Channel) -> model.Channel:
    """A channel's cap counts its own touches, and it cannot be about others."""
    if channel.cap is None:
        return channel
    if channel.cap.channels:
        node = bound.fields["cap"][0]
        fixes = tuple(_without_others(value) for value in node.values if isinstance(value, nodes.Frequency))
        bound.here.complain(codes.CHANNEL_CAP_ACROSS.at(node.span, channel=channel.name, fixes=fixes))
    cap = model.Cap(
        rate=channel.cap.rate,
        place=channel.cap.place,
        channels=(channel.name,),
        per_account=channel.cap.per_account,
    )
    return attrs.evolve(channel, cap=cap)


KIND = Kind(
    "channel",
    "A medium and the rules that hold for it everywhere.",
    fields=(
        FieldSpec("reach", words("person", "audience", "mass", "earned"), "whom it reaches at once", many=True),
        FieldSpec(
            "address",
            Reader("the name of an attribute", _attribute, ("attribute",)),
            "the attribute that holds the address",
        ),
        FieldSpec(
            "consent",
            Reader("`required`, `required in ATTRIBUTE` or `no`", _consent, ("attribute",), ("required", "no")),
            "whether people must have said yes to it",
        ),
        FieldSpec("hours", HOURS, "when it is open, on the person's clock", many=True),
        FieldSpec("days", DAYS, "on which days", many=True),
        FieldSpec("quiet", HOURS, "when it is silent", many=True),
        FieldSpec("cap", CAP, "the most touches a person gets on it"),
        FieldSpec("on_cap", words("wait", "skip"), "what a touch does that has no room"),
        FieldSpec("patience", DURATION, "how long a touch waits before it is skipped"),
        FieldSpec("lead", DURATION, "how long it takes to produce or book"),
        FieldSpec("cost", MONEY, "what one touch costs"),
        FieldSpec("inbound", YES_NO, "whether people come by themselves, as to a website"),
    ),
    lower=_lower,
)
