"""The page of a code: what it says, why, and the way out."""

from __future__ import annotations

import difflib
import re
import textwrap

import click

from gridlang.diagnostics import catalogue
from gridlang.diagnostics.model import Code


def find(what: str) -> Code | None:
    """The code with that id or name, if there is one."""
    found = _names()
    return found.get(what) or found.get(what.upper()) or found.get(what.lower())


def is_id(what: str) -> bool:
    """Whether it has the form of a row's id (R24)."""
    return re.fullmatch(r"[0-9a-f]{20}", what) is not None


def unknown(what: str) -> str:
    """A word about something that is neither, with the nearest codes."""
    names = list(_names())
    near = difflib.get_close_matches(what, names, n=3) or difflib.get_close_matches(what.upper(), names, n=3)
    hint = f" Did you mean {' or '.join(f'`{name}`' for name in near)}?" if near else ""
    return (
        f"`{what}` is not the code of a finding, and there is no run here whose rows could have it as their id "
        f"(--run DIR).{hint}"
    )


def page(code: Code, *, color: bool) -> str:
    """What a finding of this code says, why, and the way out."""
    head = f"{code.id} {code.name} ({code.level.value})"
    return "\n\n".join((click.style(head, bold=True) if color else head, *_paragraphs(code)))


def _names() -> dict[str, Code]:
    found = catalogue.find()
    return {code.name: code for code in found.values()} | found


def _paragraphs(code: Code) -> list[str]:
    """The sentences of a code; what each finding fills in stands between angle brackets. A sentence that each finding
    says for itself has nothing general to tell."""
    told = [("Says", code.text), ("Why", code.why), ("Way out", code.way_out)]
    return [_paragraph(name, _general(text)) for name, text in told if text and not re.fullmatch(r"\{\w+\}", text)]


def _general(text: str) -> str:
    return text.replace("{{", "\0").replace("{", "<").replace("}}", "\1").replace("}", ">").translate({0: "{", 1: "}"})


def _paragraph(name: str, text: str) -> str:
    return textwrap.fill(text, 96, initial_indent=f"{name + ':':<9}", subsequent_indent=" " * 9)
