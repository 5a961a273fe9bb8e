"""The templates of messages: that they can be read, and that whoever gets one has every attribute it uses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from gridlang.diagnostics import Diagnostic
from gridlang.diagnostics.codes import types as codes
from gridlang.schedule import model
from gridlang.semantics.context import Context
from gridlang.semantics.predicates import RESERVED
from gridlang.semantics.scope import near

if TYPE_CHECKING:
    import jinja2

ALWAYS = frozenset({"account", *RESERVED})


def check_templates(context: Context, messages: tuple[model.Message, ...]) -> None:
    """Say what is wrong with the templates of all messages."""
    for message in messages:
        for wording in (message.wording, *message.languages.values()):
            for part, text in (("subject", wording.subject), ("body", wording.body), ("script", wording.script)):
                if text is not None and "{" in text:
                    context.problems.extend(_check(context, message, part, text))


def _check(context: Context, message: model.Message, part: str, text: str) -> Iterator[Diagnostic]:
    if "{{" not in text and "{%" not in text and "{#" not in text:
        return
    import jinja2
    from jinja2 import meta

    span = context.places.spans[message.place]
    what = f"`{part}` of message `{message.name}`"
    try:
        used = meta.find_undeclared_variables(_environment().parse(text))
    except jinja2.TemplateSyntaxError as error:
        yield codes.BAD_TEMPLATE.at(span, what=what, reason=f"{error.message} (its line {error.lineno})")
        return
    except RecursionError:
        yield codes.BAD_TEMPLATE.at(span, what=what, reason="it is nested too deeply")
        return
    names = [*context.person_fields, *ALWAYS]
    for name in sorted(used - set(names)):
        meant = near(name, names)
        hint = f"did you mean `{meant}`?" if meant else f"declare it: `fields person {{ {name}: Text }}`"
        yield codes.UNKNOWN_IN_TEMPLATE.at(span, what=what, name=name, hint=hint)


@cache
def _environment() -> jinja2.Environment:
    """One sandboxed environment: a plan may come from strangers, and its templates only ever see attributes."""
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment()
