"""Example plans with one thing wrong, or one thing different: a token, a name, a value, a step, a declaration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import attrs
from hypothesis import strategies as st

from gridlang.diagnostics import Outcome
from gridlang.files import Workspace
from gridlang.source import Source, Span
from gridlang.syntax import nodes as n
from gridlang.syntax import parse
from gridlang.syntax.scanning import tokens
from tests.unit.syntax.reading import everything

EXAMPLES = Path(__file__).parents[2] / "examples"
PLANS = ("family_car", "holiday_trip", "record_shop", "canteen_dishwasher", "two_brands/bikes", "two_brands/boats")
FOLDERS = {"two_brands/bikes": ("", "../house"), "two_brands/boats": ("", "../house")}
"""The folders of a plan that uses others."""
SIGNS = {"LBRACE", "RBRACE", "LPAR", "RPAR"}
VERBS = ("send", "show", "task", "wait", "ask", "choose", "split", "repeat", "move", "stop", "notify", "run")
OTHERS = {
    **dict.fromkeys(VERBS, VERBS),
    **dict.fromkeys(("within", "due", "for", "by", "at", "every", "until"), ("within", "due", "for", "by", "at")),
    **dict.fromkeys(("nothing", "otherwise", "overdue"), ("nothing", "otherwise", "overdue")),
    **dict.fromkeys(("and", "or", "in"), ("and", "or", "in", "not")),
}
"""Keywords, and what may be written in their place."""


@attrs.frozen
class Edited:
    """A workspace in which one file has another text."""

    under: Workspace
    path: str
    changed: str = attrs.field(repr=False)

    def grid_files(self, folder: str) -> Outcome[tuple[Source, ...]]:
        outcome = self.under.grid_files(folder)
        files = (Source(file.path, self.changed) if file.path == self.path else file for file in outcome.value)
        return Outcome(tuple(files), outcome.problems)

    def text(self, path: str, folder: str = "") -> Outcome[str | None]:
        return self.under.text(path, folder)

    def library(self) -> tuple[Source, ...]:
        return self.under.library()


@attrs.frozen
class Mutant:
    """One change of one declaration. `start` and `end` are what is left of that declaration in the new text."""

    plan: str
    path: str
    how: str
    was: str
    now: str
    start: int
    end: int
    line: int
    names: tuple[str, ...] = attrs.field(repr=False)
    """The words that a finding elsewhere may know the change by."""
    text: str = attrs.field(repr=False)

    @property
    def workspace(self) -> Edited:
        return Edited(workspace(self.plan), self.path, self.text)


@cache
def workspace(plan: str) -> Workspace:
    return Workspace.at(str(EXAMPLES / plan))


@attrs.frozen
class Target:
    """One declaration of an example, and its tokens."""

    plan: str
    file: n.File
    node: n.Declaration
    tokens: tuple[tuple[str, int, int], ...]

    @property
    def name(self) -> str:
        title = getattr(self.node, "title", None)
        return self.node.name.text if self.node.name else title.value if title else ""

    def _names(self, how: str, edits: tuple[tuple[int, int, str], ...]) -> tuple[str, ...]:
        """The words that a finding elsewhere may know the change by.

        What is written now; what a part that is gone declared; the name of a declaration that is gone or has another.
        """
        (start, end, instead), text = edits[0], self.file.source.text
        header = getattr(self.node, "header", self.node.span)
        found = [instead] if how in ("misspell a word", "change a value") else []
        gone = text[start:end] if how.startswith("leave out a") else ""
        found += [*re.findall(r"\w+(?=\s*:)", gone), *re.findall(r"\A\w+\s+(\w+)", gone)]
        found += [self.name] if start <= header.end else []
        found += [text[start:end].split()[0]] if how == "leave out a declaration" else []
        return tuple(word for word in found if word)

    def changed(self, how: str, *edits: tuple[int, int, str]) -> Mutant:
        """The plan with some stretches of this declaration replaced; edits stand in order."""
        text, whole = self.file.source.text, self.node.span
        made, at = "", 0
        for start, end, instead in edits:
            made, at = made + text[at:start] + instead, end
        made += text[at:]
        first, last = edits[0], edits[-1]
        return Mutant(
            self.plan,
            self.file.source.path,
            how,
            text[first[0] : last[1]],
            made[first[0] : last[1] + len(made) - len(text)],
            whole.start,
            max(whole.start, whole.end + len(made) - len(text)),
            Span(self.file.source, first[0], last[1]).line,
            self._names(how, edits),
            made,
        )


@cache
def targets() -> tuple[Target, ...]:
    """Every declaration of every example."""
    found = []
    for plan in PLANS:
        for folder in FOLDERS.get(plan, ("",)):
            for source in workspace(plan).grid_files(folder).value:
                file = parse(source).value
                for node in file.declarations:
                    inside = tuple(tokens(source.text, node.span.start, node.span.end))
                    found.append(Target(plan, file, node, tuple(t for t in inside if t[0] not in ("DOC", "REMARK"))))
    return tuple(found)


# --- the ways to change one ------------------------------------------------------------------------------------------


def by_token(target: Target) -> Iterator[Mutant]:
    """Every token left out, doubled, or changed with the next."""
    text = target.file.source.text
    for at, (_, start, end) in enumerate(target.tokens):
        yield target.changed("leave out a token", (start, end, ""))
        yield target.changed("double a token", (end, end, f" {text[start:end]}"))
        if at + 1 < len(target.tokens):
            _, second, last = target.tokens[at + 1]
            swapped = text[second:last] + text[end:second] + text[start:end]
            yield target.changed("swap two tokens", (start, last, swapped if text[end:second] else f"{swapped} "))


def by_sign(target: Target) -> Iterator[Mutant]:
    """Every brace, bracket and quote left out."""
    for kind, start, end in target.tokens:
        if kind in SIGNS:
            yield target.changed("leave out a sign", (start, end, ""))
        if kind == "TEXT":
            yield target.changed("leave out a sign", (start, start + 1, ""))
            yield target.changed("leave out a sign", (end - 1, end, ""))


def by_word(target: Target) -> Iterator[Mutant]:
    """Every word misspelled; keywords changed for others."""
    text = target.file.source.text
    for kind, start, end in target.tokens:
        if kind in ("NAME", "KEY"):
            yield target.changed("misspell a word", (start, end, text[start:end] + text[end - 1]))
            for other in OTHERS.get(text[start:end], ()):
                if other != text[start:end]:
                    yield target.changed("change a keyword", (start, end, other))


CHANGES = {
    "NUMBER": [(r"\A", "1"), (r".*", "0"), (r".*", '"three"'), (r"\Z", "d")],
    "PERCENT": [(r"\A", "1"), (r"%", ""), (r".*", "0%")],
    "DURATION": [(r"[a-z]+", "min"), (r"[a-z]+", "y"), (r"\A", "9"), (r"[ a-z]+", ""), (r"[a-z]+", "mo")],
    "MONEY": [(r"[A-Z]+", "EUR"), (r"[A-Z]+", "SEK"), (r"\s*[A-Z]+", ""), (r"\A", "1")],
    "DATE": [(r"\A\d{4}", "2031"), (r"\A\d{4}", "1999"), (r"\d\d\Z", "31"), (r".*", "3d")],
    "MOMENT": [(r"\A\d{4}", "2031"), (r"\d\d:\d\d", "25:00"), (r"\s.*", "")],
    "TIME": [(r"\A\d\d", "03"), (r"\A\d\d", "27"), (r":.*", "")],
}
"""What a value may become: its pattern is replaced, once."""


def by_value(target: Target) -> Iterator[Mutant]:
    """Every number, unit, date and time changed."""
    text = target.file.source.text
    for kind, start, end in target.tokens:
        for pattern, instead in CHANGES.get(kind, ()):
            new = re.sub(pattern, instead, text[start:end], count=1, flags=re.DOTALL)
            if new != text[start:end]:
                yield target.changed("change a value", (start, end, new))


def by_part(target: Target) -> Iterator[Mutant]:
    """Every item, step and arm left out, doubled, or changed with the next one of its kind."""
    for run in _runs(target.node):
        for at, node in enumerate(run):
            span: Span = node.span
            yield target.changed("leave out a part", (span.start, span.end, ""))
            yield target.changed("double a part", (span.end, span.end, f"\n{span.text}"))
            if at + 1 < len(run):
                other = run[at + 1].span
                edits = (span.start, span.end, other.text), (other.start, other.end, span.text)
                yield target.changed("swap two parts", *edits)


def _runs(node: Any) -> Iterator[list[Any]]:
    """The lists of parts that stand in a declaration."""
    for inside in everything(node):
        if isinstance(inside, n.Block):
            yield list(inside.items)
        elif isinstance(inside, n.Flow):
            yield list(inside.steps)
        elif isinstance(inside, n.Task | n.Ask | n.Choose | n.Split):
            yield list(inside.arms)


def by_declaration(target: Target) -> Iterator[Mutant]:
    """The whole declaration left out, or there twice."""
    span = target.node.span
    yield target.changed("leave out a declaration", (span.start, span.end, ""))
    yield target.changed("double a declaration", (span.end, span.end, f"\n\n{span.text}"))


WAYS = (by_token, by_sign, by_word, by_value, by_part, by_declaration)


@cache
def mutants_of(number: int, way: Any) -> tuple[Mutant, ...]:
    return tuple(way(targets()[number]))


@st.composite
def mutants(draw: st.DrawFn) -> Mutant:
    """One change, of any sort, to any declaration of any example."""
    way = draw(st.sampled_from(WAYS))
    number = draw(st.sampled_from([at for at in range(len(targets())) if mutants_of(at, way)]))
    return draw(st.sampled_from(mutants_of(number, way)))
