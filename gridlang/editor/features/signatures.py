"""The shape of what is being written: a function of a condition, a `run`, the verb of a step."""

from __future__ import annotations

from typing import Any

from lsprotocol import types as lsp

from gridlang.editor.asking import Asked, Feature
from gridlang.editor.completing.spot import VERBS, Spot, is_sign, spot_at
from gridlang.semantics.calls import FUNCTIONS
from gridlang.syntax import nodes

SHAPES = {
    "send": ("send CHANNEL [or CHANNEL …] MESSAGE [at TIME] [for DURATION] [else LABEL]", "to one person"),
    "show": ("show CHANNEL MESSAGE for DURATION [budget MONEY]", "a flight on a mass medium"),
    "task": ("task CHANNEL [MESSAGE] by TEAM due DURATION { outcome -> … }", "work for a colleague"),
    "wait": ("wait DURATION | until WHEN [at TIME] | for EVENT [of ROLE] within DURATION", "time passes"),
    "ask": ('ask [of account] "Question?" within DURATION { event -> …  nothing -> … }', "a diamond on events"),
    "choose": ('choose "Question?" { condition -> …  otherwise -> … }', "a diamond on attributes"),
    "split": ('split "Question?" { 50% -> …  50% -> … }', "a diamond by share"),
    "repeat": ("repeat every DURATION [on WEEKDAY] [at TIME] [from DATE] { … }", "until the run ends"),
    "move": ("move PHASE", "the account goes to another phase"),
    "notify": ('notify TEAM "text"', "a note to a team"),
    "run": ("run FLOW[(arguments)]", "a reusable flow"),
}
"""Each verb with its shape and what it is."""


def help_at(asked: Asked) -> lsp.SignatureHelp | None:
    """The innermost shape that is open at the cursor."""
    spot = spot_at(asked.text.source, asked.offset)
    called = _call(spot)
    if called is not None:
        name, given = called
        found = _of_flow(asked, name, given) if _runs(spot) else _of_function(name)
        if found is not None:
            return found
    verb = _verb(spot)
    if verb is None:
        return None
    label, doc = SHAPES[verb]
    return lsp.SignatureHelp([lsp.SignatureInformation(label, doc)], active_signature=0)


def _call(spot: Spot) -> tuple[nodes.Reference, int] | None:
    """The name before the innermost open bracket, and how many arguments are complete."""
    pending = spot.pending
    for at in range(len(pending) - 1, 0, -1):
        if is_sign(pending[at], ")"):
            return None
        if is_sign(pending[at], "(") and isinstance(pending[at - 1], nodes.Reference):
            return pending[at - 1], sum(is_sign(value, ",") for value in pending[at:])
    return None


def _runs(spot: Spot) -> bool:
    return any(is_sign(value, "run") for value in spot.pending)


def _of_flow(asked: Asked, name: nodes.Reference, given: int) -> lsp.SignatureHelp | None:
    found = asked.text.scope.find("flow", tuple(part.text for part in name.parts), asked.text.folder.path)
    if found is None or not isinstance(found.node, nodes.FlowDeclaration):
        return None
    parameters = [" ".join(each.span.text.split()) for each in found.node.parameters]
    label = f"{found.name}({', '.join(parameters)})"
    shown = lsp.SignatureInformation(label, found.node.doc, [lsp.ParameterInformation(each) for each in parameters])
    return lsp.SignatureHelp([shown], active_signature=0, active_parameter=given)


def _of_function(name: nodes.Reference) -> lsp.SignatureHelp | None:
    shape = FUNCTIONS.get(name.parts[-1].text)
    return lsp.SignatureHelp([lsp.SignatureInformation(shape)], active_signature=0) if shape else None


def _verb(spot: Spot) -> str | None:
    """The verb of the step that is being written."""
    found: Any = None
    for value in spot.pending:
        if is_sign(value, "->"):
            found = None
        elif is_sign(value, *VERBS):
            found = value.text
    return found if found in SHAPES else None


FEATURES = (
    Feature(lsp.TEXT_DOCUMENT_SIGNATURE_HELP, help_at, lsp.SignatureHelpOptions(trigger_characters=["(", ",", " "])),
)
