"""`# grid: allow(rule) reason`: a finding that the author has decided to live with.

The remark stands before what it is about, or behind it on its line, and reaches as far as that reaches: a field, a
step, an arm, or a whole declaration.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs

from gridlang.diagnostics import Code, Diagnostic, Edit, Fix, Level
from gridlang.diagnostics.codes import linting as codes
from gridlang.semantics.scope import LIBRARY, Scope, near
from gridlang.source import Span
from gridlang.syntax import nodes as n
from gridlang.syntax.comments import owner

MARK = "grid:"
"""How a remark begins that is meant for us."""
REASON = "say here why"
"""What stands for a reason until there is one."""
_ALLOW = re.compile(r"allow\s*\(\s*(?P<rules>[\w-]+(?:\s*,\s*[\w-]+)*)\s*\)[\s:,.–—-]*(?P<reason>.*)", re.DOTALL)


@attrs.define(eq=False)
class Allowance:
    """One rule in one remark. `reach`: where its findings are allowed; None when it stands at nothing."""

    rule: str
    reason: str
    remark: n.Comment
    reach: Span | None
    used: bool = False

    def covers(self, problem: Diagnostic) -> bool:
        """Whether this finding is meant; an error never is."""
        if problem.span is None or self.reach is None or problem.level is Level.ERROR or not self.reason:
            return False
        if self.rule not in (problem.code.name, problem.code.id):
            return False
        here = problem.span.source.path == self.reach.source.path
        return here and self.reach.start <= problem.span.start <= self.reach.end


def settled(problems: Iterable[Diagnostic], scope: Scope, *, complete: bool) -> tuple[Diagnostic, ...]:
    """The findings without those that the plan's own remarks allow, and what is wrong with these remarks.

    `complete`: everything was asked that can be, so that a remark that allows nothing is known to be idle.
    """
    left = list(problems)
    for path, folder in scope.folders.items():
        if path != LIBRARY:
            found = [one for file in folder.files for one in _allowances(file)]
            left = _without_allowed(left, found)
            if path == "":
                left += _about_remarks(folder.files, found, complete=complete)
    return tuple(left)


def _without_allowed(problems: list[Diagnostic], allowances: list[Allowance]) -> list[Diagnostic]:
    if not allowances:
        return problems
    left = []
    for problem in problems:
        covering = [one for one in allowances if one.covers(problem)]
        for one in covering:
            one.used = True
        if not covering:
            left.append(problem)
    return left


def _marked(file: n.File) -> Iterator[n.Comment]:
    return (comment for comment in file.comments if comment.text.startswith(MARK))


def _allowances(file: n.File) -> Iterator[Allowance]:
    for comment in _marked(file):
        match = _ALLOW.match(comment.text.removeprefix(MARK).strip())
        if match:
            at = owner(file, comment)
            for rule in re.split(r"\s*,\s*", match["rules"]):
                yield Allowance(rule, match["reason"].strip(), comment, at.span if at is not None else None)


# --- about the remarks themselves ------------------------------------------------------------------------------------


def _about_remarks(files: Iterable[n.File], found: list[Allowance], *, complete: bool) -> Iterator[Diagnostic]:
    read = {id(one.remark) for one in found}
    for file in files:
        for comment in _marked(file):
            if id(comment) not in read:
                yield codes.ODD_REMARK.at(comment.span, words=comment.text, fixes=(_for_people(comment),))
    if found:
        known = allowable()
        for one in found:
            yield from _about(one, known, complete=complete)


def _about(one: Allowance, known: dict[str, Code], *, complete: bool) -> Iterator[Diagnostic]:
    if one.rule not in known:
        meant = near(one.rule, known)
        place = _rule_place(one)
        fixes = (Fix(f"write `{meant}`", (Edit(place, meant),)),) if meant else ()
        way_out = f"did you mean `{meant}`?" if meant else None
        yield codes.UNKNOWN_ALLOWED.at(place, rule=one.rule, near=way_out, fixes=fixes)
    elif not one.reason:
        end = one.remark.span.within(one.remark.span.end, one.remark.span.end)
        fix = Fix("begin the reason", (Edit(end, f" {REASON}"),))
        yield codes.NO_REASON.at(one.remark.span, rule=one.rule, fixes=(fix,))
    elif complete and not one.used:
        yield codes.IDLE_ALLOWANCE.at(_rule_place(one), rule=one.rule, fixes=(_removal(one),))


def _for_people(remark: n.Comment) -> Fix:
    """A remark without the mark that makes it ours."""
    span = remark.span
    at = span.start + span.text.index(MARK)
    rest = span.text[at - span.start + len(MARK) :]
    place = span.within(at, span.end - len(rest.lstrip()))
    return Fix(f"make it a remark for people: without `{MARK}`", (Edit(place, ""),))


def allowable() -> dict[str, Code]:
    """The codes that a remark or a setting may name, by name and by id: those of warnings and notes."""
    from gridlang.diagnostics import catalogue

    codes_ = [code for code in catalogue.find().values() if code.level is not Level.ERROR]
    return {name: code for code in codes_ for name in (code.name, code.id)}


def _rule_place(one: Allowance) -> Span:
    """Where a remark names its rule."""
    span = one.remark.span
    found = re.search(rf"(?<![\w-]){re.escape(one.rule)}(?![\w-])", span.text)
    return Span(span.source, span.start + found.start(), span.start + found.end()) if found else span


def _removal(one: Allowance) -> Fix:
    """The way out that takes a rule from its remark, and with the last rule the remark."""
    span = one.remark.span
    rules = re.search(r"\((?P<rules>[^)]*)\)", span.text)
    names = [name.strip() for name in rules["rules"].split(",")] if rules else []
    if rules and len(names) > 1:
        rest = ", ".join(name for name in names if name != one.rule)
        place = Span(span.source, span.start + rules.start("rules"), span.start + rules.end("rules"))
        return Fix(f"take `{one.rule}` from the remark", (Edit(place, rest),), safe=True)
    return Fix("remove the remark", (Edit(_whole(one.remark), ""),), safe=True)


def _whole(comment: n.Comment) -> Span:
    """A remark with the white space before it, and with its line when it has one to itself."""
    text, start, end = comment.span.source.text, comment.span.start, comment.span.end
    start = len(text[:start].rstrip(" \t"))
    if comment.own_line:
        line_end = re.compile(r"\r\n|\n|\r").match(text, end)
        end = line_end.end() if line_end else end
    return Span(comment.span.source, start, end)
