"""What names mean beside those of declarations: phases, levels, attributes, payloads, named days, steps of campaigns.

All is read off the nodes, so that it is known however little of the plan could be checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import attrs

from gridlang.editor.index.symbols import Symbol, words
from gridlang.semantics.flows.naming import inner_flows
from gridlang.semantics.scope import Declared, Scope
from gridlang.syntax import nodes

MOST = 32


def symbol_of(declared: Declared) -> Symbol:
    """The symbol of a declaration."""
    return Symbol(declared.kind, declared.name, declared.folder, declared.span, declared.node)


def lineage(scope: Scope, declared: Declared) -> list[Declared]:
    """A declaration and what it starts from, itself first; a cycle ends where it closes."""
    chain = [declared]
    while isinstance(chain[-1].node, nodes.Block) and chain[-1].node.parent is not None and len(chain) < MOST:
        parent = scope.find(declared.kind, words(chain[-1].node.parent), chain[-1].folder)
        if parent is None or parent in chain:
            break
        chain.append(parent)
    return chain


def field_of(block: nodes.Block, name: str) -> nodes.Field | None:
    """The field of a block."""
    return next((item for item in block.items if isinstance(item, nodes.Field) and item.name.text == name), None)


def blocks_of(block: nodes.Block, kind: str) -> Iterator[nodes.Block]:
    """The blocks of one kind in a block."""
    return (item for item in block.items if isinstance(item, nodes.Block) and item.kind.text == kind)


def reference_in(block: nodes.Block, field: str) -> nodes.Reference | None:
    """The name that is the first value of a field."""
    found = field_of(block, field)
    value = found.values[0] if found is not None and found.values else None
    return value if isinstance(value, nodes.Reference) else None


def steps_of(flow: nodes.Flow) -> Iterator[nodes.Statement]:
    """Every step of a flow, also those in arms and repeats, in order of writing."""
    for step in flow.steps:
        yield step
        for inner in inner_flows(step):
            yield from steps_of(inner)
        if isinstance(step, nodes.Stray):
            for arm in step.arms:
                yield from steps_of(arm.flow)


def flow_of(node: object) -> nodes.Flow | None:
    """The flow of a campaign or of a reusable piece."""
    if isinstance(node, nodes.FlowDeclaration):
        return node.flow
    if isinstance(node, nodes.Block):
        return next((item for item in node.items if isinstance(item, nodes.Flow)), None)
    return None


@attrs.define(eq=False, slots=False)
class Names:
    """The names of one plan that are no declarations."""

    scope: Scope

    def of_plan(self, field: str) -> list[Declared]:
        """The journey, relations or calendar of the plan, and what it starts from; without a plan, all there are."""
        for plan in self.scope.own("plan").values():
            reference = reference_in(plan.node, field) if isinstance(plan.node, nodes.Block) else None
            found = self.scope.find(field, words(reference), "") if reference is not None else None
            if found is not None:
                return lineage(self.scope, found)
        return list(self.scope.own(field).values())

    def _inner(self, field: str, kind: str) -> dict[str, Symbol]:
        found: dict[str, Symbol] = {}
        for declared in reversed(self.of_plan(field)):
            if isinstance(declared.node, nodes.Block):
                for block in blocks_of(declared.node, kind):
                    if block.name is not None:
                        found[block.name.text] = Symbol(kind, block.name.text, "", block.name.span, block)
        return found

    @cached_property
    def phases(self) -> dict[str, Symbol]:
        """The phases of the plan's journey, those it starts from first."""
        return self._inner("journey", "phase")

    @cached_property
    def levels(self) -> dict[str, Symbol]:
        """The levels of the plan's relations."""
        return self._inner("relations", "level")

    @cached_property
    def days(self) -> dict[str, Symbol]:
        """The named days of the plan's calendar."""
        return self._inner("calendar", "day")

    @cached_property
    def inner_holders(self) -> set[int]:
        """ids of the journeys, relations and calendars whose phases, levels and days are the plan's."""
        return {id(found.node) for field in ("journey", "relations", "calendar") for found in self.of_plan(field)}

    def attributes(self, owner: str) -> dict[str, Symbol]:
        """What `fields person` or `fields account` declares."""
        return self._attributes.get(owner, {})

    @cached_property
    def _attributes(self) -> dict[str, dict[str, Symbol]]:
        return {
            name: {
                item.name.text: Symbol("attribute", item.name.text, attributes_of(layer), item.name.span, item)
                for layer in reversed(lineage(self.scope, declared))
                if isinstance(layer.node, nodes.Block)
                for item in layer.node.items
                if isinstance(item, nodes.Field)
            }
            for name, declared in self.scope.own("fields").items()
        }

    def payload(self, event: Declared) -> dict[str, Symbol]:
        """What an event carries, with what the events it starts from do."""
        found: dict[str, Symbol] = {}
        for declared in reversed(lineage(self.scope, event)):
            if isinstance(declared.node, nodes.Block):
                for block in blocks_of(declared.node, "carries"):
                    for item in block.items:
                        if isinstance(item, nodes.Field):
                            name = item.name.text
                            found[name] = Symbol("payload", name, declared.qualified, item.name.span, item)
        return found

    @cached_property
    def tasks(self) -> dict[str, Symbol]:
        """The labelled tasks as tests name them: `call`, and `invite.call`."""
        found: dict[str, Symbol] = {}
        for declared in self.scope.own("campaign").values():
            for name, symbol in labels_of(declared.node, holder_of(declared)).items():
                if isinstance(symbol.node, nodes.Task):
                    found.setdefault(name, symbol)
                    found[f"{declared.name}.{name}"] = symbol
        return found

    def parts(self, map_name: str) -> dict[str, nodes.Field]:
        """The persons of a map with their roles, as its `roles` say."""
        declared = self.scope.own("map").get(map_name)
        if declared is None:
            return {}
        return {
            item.name.text: item
            for layer in reversed(lineage(self.scope, declared))
            if isinstance(layer.node, nodes.Block)
            for block in blocks_of(layer.node, "roles")
            for item in block.items
            if isinstance(item, nodes.Field)
        }


def attributes_of(declared: Declared) -> str:
    """What holds the attributes of a `fields`."""
    return f"{declared.folder}/{declared.name}"


def holder_of(declared: Declared) -> str:
    """What holds the labels and parameters of a flow."""
    return f"{declared.folder}/{declared.kind} {declared.name}"


def labels_of(node: object, holder: str) -> dict[str, Symbol]:
    """The labels of a flow."""
    flow = flow_of(node)
    found: dict[str, Symbol] = {}
    for step in steps_of(flow) if flow else ():
        if step.label is not None:
            found.setdefault(step.label.text, Symbol("label", step.label.text, holder, step.label.span, step))
    return found


def parameters_of(node: object, holder: str) -> dict[str, Symbol]:
    """The parameters of a reusable flow."""
    if not isinstance(node, nodes.FlowDeclaration):
        return {}
    return {
        found.name.text: Symbol("parameter", found.name.text, holder, found.name.span, found)
        for found in node.parameters
    }
