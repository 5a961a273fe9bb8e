"""The page of a code: what it says, why, and the way out."""

from __future__ import annotations

import difflib
import re
import textwrap

import click

from gridlang.diagnostics import catalogue
from gridlang.diagnostics.model import Code


def page(what: str, *, color: bool) -> str:
    """The page of the code with that id or name; an unknown one is wrong usage, told with the nearest."""
    found = catalogue.find()
    names = {code.name: code for code in found.values()} | found
    code = names.get(what) or names.get(what.upper()) or names.get(what.lower())
    if code is None:
        raise click.UsageError(_unknown(what, list(names)))
    head = f"{code.id} {code.name} ({code.level.value})"
    return "\n\n".join((click.style(head, bold=True) if color else head, *_paragraphs(code)))


def _unknown(what: str, names: list[str]) -> str:
    near = difflib.get_close_matches(what, names, n=3) or difflib.get_close_matches(what.upper(), names, n=3)
    hint = f" Did you mean {' or '.join(f'`{name}`' for name in near)}?" if near else ""
    return f"`{what}` is neither the code of a finding nor the id of a row (20 hex digits).{hint}"


def _paragraphs(code: Code) -> list[str]:
    """The sentences of a code; what each finding fills in stands between angle brackets. A sentence that each finding
    says for itself has nothing general to tell."""
    told = [("Says", code.text), ("Why", code.why), ("Way out", code.help)]
    return [_paragraph(name, _general(text)) for name, text in told if text and not re.fullmatch(r"\{\w+\}", text)]


def _general(text: str) -> str:
    return text.replace("{{", "\0").replace("{", "<").replace("}}", "\1").replace("}", ">").translate({0: "{", 1: "}"})


def _paragraph(name: str, text: str) -> str:
    return textwrap.fill(text, 96, initial_indent=f"{name + ':':<9}", subsequent_indent=" " * 9)
