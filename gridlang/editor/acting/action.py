"""One thing that the editor can do to a plan, and whether the plan would be worse for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs
from lsprotocol import types as lsp

from gridlang.diagnostics import Diagnostic, Edit, Level
from gridlang.editor import disk
from gridlang.editor.session import Text, understand
from gridlang.linting.fixing import edited
from gridlang.semantics.again import Again
from gridlang.source import Source, Span
from gridlang.syntax import nodes

Kind = lsp.CodeActionKind


@attrs.frozen(eq=False)
class Action:
    """A title in the imperative and its edits; `problem` is the finding that it ends."""

    title: str
    edits: tuple[Edit, ...]
    kind: lsp.CodeActionKind = Kind.QuickFix
    problem: Diagnostic | None = None
    preferred: bool = False


def inserted(source: Source, at: int, text: str) -> Edit:
    """Text put in at an offset."""
    return Edit(Span(source, at, at), text)


def appended(source: Source, text: str) -> Edit:
    """A declaration put at the end of a file, an empty line before it."""
    end = len(source.text)
    before = "" if not source.text.strip() else "\n" if source.text.endswith("\n") else "\n\n"
    return inserted(source, end, f"{before}{text}\n")


def home_of(text: Text, kind: str) -> Source:
    """The file in which a new declaration of a kind is looked for: where most of its kind stand, else this one."""
    counts = {
        file.source.path: sum(isinstance(node, nodes.Block) and node.kind.text == kind for node in file.declarations)
        for file in text.folder.files
    }
    most = max(counts, key=lambda path: (counts[path], path == text.source.path), default=text.source.path)
    if not counts.get(most):
        return text.source
    return next(file.source for file in text.folder.files if file.source.path == most)


def free_name(text: Text, kind: str, wanted: str) -> str:
    """A name that no declaration of the kind has yet."""
    taken = text.scope.of(text.folder.path, kind)
    return next(name for name in (wanted, *(f"{wanted}_{n}" for n in range(2, len(taken) + 3))) if name not in taken)


def titled(name: str) -> str:
    """`later_on` as a title: `Later on`."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def indent_at(source: Source, offset: int) -> str:
    """The white space with which the line of an offset begins."""
    line = source.line_text(source.line_column(offset)[0])
    return line[: len(line) - len(line.lstrip())]


def harms(text: Text, edits: Iterable[Edit]) -> bool:
    """Whether a plan without errors would have some after the edits."""
    if text.understood.failed or not isinstance(text.plan.files, disk.PlanFiles):
        return False
    by_file: dict[str, list[Edit]] = {}
    for edit in edits:
        by_file.setdefault(edit.span.source.path, []).append(edit)
    open_texts = dict(text.plan.files.open)
    for path, found in by_file.items():
        open_texts[text.plan.files.place(path)] = edited(found[0].span.source.text, found)
    after = understand(disk.PlanFiles(text.plan.key, open_texts), text.plan.remember, Again(once=True))
    return any(problem.level is Level.ERROR for problem in after.problems)


Actions = Iterator[Action]
