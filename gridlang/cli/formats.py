"""Findings in the formats of others: for code hosts, for build servers."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, assert_never

from gridlang.cli import report
from gridlang.diagnostics.model import Code, Diagnostic
from gridlang.diagnostics.render.sarif import Help

Format = Literal["text", "json", "sarif", "github", "junit"]


def shown(problems: Sequence[Diagnostic], style: Format, path: str) -> str:
    """Findings of the plan at `path`; files are named as seen from the current folder, but in text and JSON."""
    from gridlang.diagnostics.render import github, json, junit, sarif, text
    from gridlang.linting.fingerprints import fingerprints

    match style:
        case "text":
            return text.render(problems, color=report.colored(sys.stdout))
        case "json":
            return json.render(problems)
        case "github":
            return github.render(problems, _base(path))
        case "junit":
            return junit.render(problems, _base(path), report.name(path))
        case "sarif":
            return sarif.render(problems, fingerprints(problems), _base(path), _help)
        case _:
            assert_never(style)


def _base(path: str) -> str:
    """The plan's folder from the current one; a folder elsewhere by its whole path."""
    folder = Path(path if os.path.isdir(path) else os.path.dirname(path) or ".").resolve()
    here = Path.cwd().resolve()
    return folder.relative_to(here).as_posix() if folder.is_relative_to(here) else folder.as_posix()


def _help(code: Code) -> Help:
    from gridlang.cache import remembered
    from gridlang.manual import codes, contents, markdown, terminal

    page = contents.find(code.id, remembered)
    if page is None:
        raise LookupError(f"no page for {code.id}")
    says = (codes.general(code.text) or code.name.replace("-", " ")).removesuffix("<more>")
    return Help(says, terminal.render(page, color=False), markdown.render(page.blocks, 3))
