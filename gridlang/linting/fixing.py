"""Ways out that a program takes by itself: safe ones only, none over another, in the plan's own files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

import attrs

from gridlang.diagnostics import Diagnostic, Edit, Fix, Level, Outcome
from gridlang.semantics.workspace import Workspace
from gridlang.source import Source

ROUNDS = 10
"""How often ways out may open others."""


@attrs.frozen(eq=False)
class Overlay:
    """A workspace in which some of the plan's own files have other texts."""

    there: Workspace
    texts: Mapping[str, str]

    def grid_files(self, folder: str) -> Outcome[tuple[Source, ...]]:
        read = self.there.grid_files(folder)
        return Outcome(tuple(Source(one.path, self.texts.get(one.path, one.text)) for one in read.value), read.problems)

    def text(self, path: str, folder: str = "") -> Outcome[str | None]:
        return self.there.text(path, folder)

    def library(self) -> tuple[Source, ...]:
        return self.there.library()


def chosen(problems: Iterable[Diagnostic]) -> list[tuple[Diagnostic, Fix]]:
    """For each finding its first safe way out, unless it touches one that was chosen before."""
    taken: list[Edit] = []
    found: list[tuple[Diagnostic, Fix]] = []
    for problem in problems:
        for fix in problem.fixes:
            if fix.safe and all(_is_own(edit) for edit in fix.edits) and not _collides(fix.edits, taken):
                taken += fix.edits
                found.append((problem, fix))
                break
    return found


def mended(problems: Iterable[Diagnostic]) -> dict[str, str]:
    """The new texts of the plan's own files, by path, when all chosen ways out are taken at once."""
    edits: dict[str, list[Edit]] = {}
    for _, fix in chosen(problems):
        for edit in fix.edits:
            edits.setdefault(edit.span.source.path, []).append(edit)
    return {path: edited(found[0].span.source.text, found) for path, found in edits.items()}


@attrs.frozen
class Done:
    """What became of a plan: the texts of the files that changed, at how many places for which findings."""

    texts: dict[str, str]
    taken: Counter[str]
    refused: bool = False
    """Whether some were not taken, since the plan was worse with them."""


Check = Callable[[Mapping[str, str]], Iterable[Diagnostic]]
"""The findings of the plan when some of its files have other texts, weighed by its settings."""


def mend(check: Check) -> Done:
    """Take all safe ways out, and those that open behind them; each time the plan is checked again."""
    texts: dict[str, str] = {}
    taken: Counter[str] = Counter()
    problems = tuple(check(texts))
    for _ in range(ROUNDS):
        found = chosen(problems)
        if not found:
            break
        tried = texts | mended(problems)
        after = tuple(check(tried))
        if is_worse(problems, after):
            return Done(texts, taken, refused=True)
        texts, problems = tried, after
        taken.update(problem.code.name for problem, fix in found for _ in fix.edits)
    return Done(texts, taken)


def edited(text: str, edits: Iterable[Edit]) -> str:
    """A text after edits that do not overlap."""
    for edit in sorted(edits, key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def is_worse(before: Iterable[Diagnostic], after: Iterable[Diagnostic]) -> bool:
    """Whether a mending has done harm: a sound plan has errors now, or a broken one more that are spelling.

    Errors that only show once a declaration can be read at all are no harm.
    """
    old, new = ([problem for problem in one if problem.level is Level.ERROR] for one in (before, after))
    return len(_spelling(new)) > len(_spelling(old)) if old else bool(new)


def _spelling(problems: list[Diagnostic]) -> list[Diagnostic]:
    return [problem for problem in problems if problem.code.id.startswith("G01")]


def _is_own(edit: Edit) -> bool:
    """Whether a place is in a file of the plan's own folder."""
    return "/" not in edit.span.source.path


def _collides(edits: tuple[Edit, ...], taken: list[Edit]) -> bool:
    """Whether any two touch: nobody knows the right order of two texts at one place."""
    return any(
        one.span.source.path == other.span.source.path
        and one.span.start <= other.span.end
        and other.span.start <= one.span.end
        for one in edits
        for other in taken
    )
