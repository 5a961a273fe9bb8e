"""The templates of messages: that they can be read, and that whoever gets one has every attribute it uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import attrs

from gridlang.diagnostics import Diagnostic, Edit, Fix, Related
from gridlang.diagnostics.codes import types as codes
from gridlang.resources import version_of
from gridlang.schedule import model
from gridlang.schedule.wording import examine
from gridlang.semantics.context import Context
from gridlang.semantics.memory import Memory
from gridlang.semantics.scope import near
from gridlang.semantics.typed import RESERVED
from gridlang.semantics.wanted import declaring

SHAPE = "3"
"""Changes whenever the template language does, so that nothing older is remembered."""
ALWAYS = frozenset({"account", *RESERVED})


@attrs.frozen
class _Template:
    """A text of a message with marks of the template language in it."""

    message: model.Message
    part: str
    text: str


_SINGLE = re.compile(r"(?<![{%#])\{\s*(\w+)\s*\}(?!\})")


def _single_braces(context: Context, message: model.Message) -> Iterator[Diagnostic]:
    """`{ first_name }`: one pair of braces too few, and the customer would read them."""
    for wording in (message.wording, *message.languages.values()):
        for text in (wording.subject, wording.body, wording.script):
            for found in _SINGLE.finditer(text or ""):
                if found[1] in context.person_fields or found[1] in ALWAYS:
                    span = context.places.spans[message.place]
                    fixes = _in_message(
                        context, message, rf"(?<!\{{)\{{\s*{found[1]}\s*\}}(?!\}})", f"{{{{ {found[1]} }}}}"
                    )
                    yield codes.SINGLE_BRACES.at(span, name=found[1], message=message.name, fixes=fixes)


Said = tuple[list[str], str | None]
"""The names that a template uses, and what is wrong with it."""


def check_templates(
    context: Context, messages: tuple[model.Message, ...], memory: Memory, known: dict[str, Said]
) -> dict[str, Said]:
    """Say what is wrong with the templates of all messages; gives what was read of each text, for the next reading.

    What the template engine says of a text is remembered: the engine costs as much to import as a plan to read.
    `known`: what was read of texts before.
    """
    context.problems += memory.each_of("braces", messages, (), partial(_single_braces, context))
    templates = list(memory.each_of("templates", messages, (), _templates))
    texts = [template.text for template in templates if template.text not in known]
    if texts:
        key = "\x1f".join((SHAPE, version_of("jinja2"), *texts))
        read = context.remember("template-names", key, lambda: [_read(text) for text in texts])
        known = known | {text: (used, wrong) for text, (used, wrong) in zip(texts, read, strict=True)}
    names = [*context.person_fields, *ALWAYS, *(f"account.{name}" for name in context.account_fields)]
    declared = set(names)
    for template in templates:
        used, wrong = known[template.text]
        if wrong is not None or not declared.issuperset(used):
            context.problems.extend(_check(context, template, names, used, wrong))
    return {template.text: known[template.text] for template in templates}


def _templates(message: model.Message) -> Iterator[_Template]:
    for wording in (message.wording, *message.languages.values()):
        for part, text in (("subject", wording.subject), ("body", wording.body), ("script", wording.script)):
            if text is not None and any(mark in text for mark in ("{{", "{%", "{#")):
                yield _Template(message, part, text)


def _read(text: str) -> Said:
    """What a template says, as JSON can keep it."""
    found = examine(text)
    return list(found.names), found.problem


def _check(
    context: Context, template: _Template, names: list[str], used: list[str], wrong: str | None
) -> Iterator[Diagnostic]:
    span = context.places.spans[template.message.place]
    what = f"`{template.part}` of message `{template.message.name}`"
    if wrong is not None:
        yield codes.BAD_TEMPLATE.at(span, what=what, reason=wrong)
    for name in used:
        if name not in names:
            meant = near(name, names)
            owner = "account" if "." in name else "person"
            declare = f"declare it: `fields {owner} {{ {name.split('.')[-1]}: Text }}`"
            hint = f"did you mean `{meant}`?" if meant else declare
            field = context.person_fields.get(meant or "")
            related = (Related(context.places.spans[field.place], f"`{meant}` is declared here"),) if field else ()
            fixes = declaring(tuple(name.split(".")), "Text", context)
            if meant:
                fixes = (*_in_message(context, template.message, rf"\b{re.escape(name)}\b", meant), *fixes)
            yield codes.UNKNOWN_IN_TEMPLATE.at(span, what=what, name=name, hint=hint, related=related, fixes=fixes)


def _in_message(context: Context, message: model.Message, pattern: str, text: str) -> tuple[Fix, ...]:
    """The way out that writes something else in the texts of a message, where they stand in its declaration."""
    name = context.places.spans[message.place]
    declared = context.scope.own("message").get(message.name)
    if declared is None or declared.node.span.source is not name.source:
        return ()
    whole = declared.node.span
    found = list(re.finditer(pattern, whole.text[name.end - whole.start :]))
    edits = tuple(Edit(whole.within(name.end + each.start(), name.end + each.end()), text) for each in found)
    return (Fix(f"write `{text}`", edits),) if edits else ()
