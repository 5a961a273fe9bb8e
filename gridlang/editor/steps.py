"""Which step of the text is which step of the schedule: identities by the checker's own rule (R24)."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from gridlang.editor.index.names import flow_of
from gridlang.editor.session import Text, Understood
from gridlang.semantics.context import Context, Here
from gridlang.semantics.flows.naming import Frame, inner_flows, name_steps
from gridlang.semantics.scope import Declared
from gridlang.syntax import nodes


@attrs.frozen(eq=False)
class Named:
    """A step as written with its identity; `inside` when it stands in a flow that the campaign runs."""

    id: str
    node: nodes.Statement
    inside: bool


def named_steps(text: Text, declared: Declared) -> tuple[Named, ...]:
    """The steps of a campaign or flow with their identities, in order of writing."""
    understood = text.understood
    made: tuple[Named, ...] = understood.once(
        f"steps {declared.folder} {declared.kind} {declared.name}", lambda: tuple(_named(text, understood, declared))
    )
    return made


def _named(text: Text, understood: Understood, declared: Declared) -> Iterator[Named]:
    flow = flow_of(declared.node)
    if flow is None:
        return
    context = Context(understood.scope, text.plan.files, text.plan.remember)
    names = name_steps(flow, Frame(Here(context, declared.folder, f"{declared.kind} {declared.name}")))
    if names.too_large:
        return
    flows = [("", flow)]
    inner = ((frame.prefix, flow_of(frame.running[-1].node)) for frame in names.frames.values())
    flows += [(prefix, each) for prefix, each in inner if each is not None]
    for prefix, each in flows:
        yield from _in_flow(each, prefix, names.ids)


def _in_flow(flow: nodes.Flow, prefix: str, ids: dict[tuple[str, int], str]) -> Iterator[Named]:
    for step in flow.steps:
        identity = ids.get((prefix, id(step)))
        if identity is not None:
            yield Named(identity, step, bool(prefix))
        for inner in inner_flows(step):
            yield from _in_flow(inner, prefix, ids)


def campaigns_in(text: Text) -> Iterator[Declared]:
    """The campaigns that the plan's own folder declares in this text."""
    if text.folder.path:
        return
    for declared in text.scope.own("campaign").values():
        if declared.span.source is text.source:
            yield declared
