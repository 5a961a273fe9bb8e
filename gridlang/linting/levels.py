"""`[lint]` in `grid.toml`: how much each finding weighs, for the whole plan and for some of its files."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Iterator
from typing import Literal

import attrs

from gridlang.diagnostics import Diagnostic, Level, Outcome
from gridlang.linting.allowed import allowable
from gridlang.settings import Settings, setting
from gridlang.settings.fields import described
from gridlang.settings.places import Path
from gridlang.settings.reading import unknown

Weight = Literal["error", "warning", "note", "off"]
Weights = dict[str, Weight]


def _relative(value: str) -> str | None:
    """Checks the name of a file in the plan's folder."""
    plain = value and not value.startswith(("/", ".")) and not {"..", ""} & set(value.split("/")) and "\\" not in value
    return None if plain else "a file in the plan's folder, such as `known.json`"


@attrs.frozen(kw_only=True)
class Part:
    """`[[lint.paths]]`: other weights for some files."""

    files: tuple[str, ...] = setting(
        (), 'the files it is about, by name from the plan\'s folder; `*` is any part: `"*_test.grid"`'
    )
    rules: Weights = attrs.field(factory=dict, metadata={"doc": "the weights of rules there, as in `[lint.rules]`"})


@attrs.frozen(kw_only=True)
class Lint:
    """`[lint]`."""

    rules: Weights = attrs.field(
        factory=dict, metadata={"doc": f"a rule's name or code, and {described(Weight)}; errors keep their weight"}
    )
    paths: tuple[Part, ...] = setting((), "weights for some files only; the last that fits counts")
    baseline: str | None = setting(None, "the file of findings that are known from before", check=_relative)


@attrs.frozen
class Levels:
    """What each rule weighs where."""

    everywhere: dict[str, Weight]
    parts: tuple[tuple[tuple[str, ...], dict[str, Weight]], ...] = ()

    def of(self, problem: Diagnostic) -> Weight:
        """The weight of one finding; an error stays one."""
        weight: Weight = problem.level.value
        if problem.level is Level.ERROR:
            return weight
        weight = self.everywhere.get(problem.code.id, weight)
        path = problem.span.source.path if problem.span else ""
        for patterns, weights in self.parts:
            if any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns):
                weight = weights.get(problem.code.id, weight)
        return weight


def read(settings: Settings) -> Outcome[Lint]:
    """The table `[lint]` of a plan's settings; names of rules that there are not are findings (G0902)."""
    if settings.source is None or "lint" not in settings.names():
        return Outcome(Lint())
    table = settings.table(("lint",), Lint)
    return Outcome(table.value, (*table.problems, *_unknown_rules(settings, table.value)))


def _unknown_rules(settings: Settings, lint: Lint) -> Iterator[Diagnostic]:
    known = allowable()
    places: list[tuple[Path, Weights]] = [(("lint", "rules"), lint.rules)]
    places += [(("lint", "paths", at, "rules"), part.rules) for at, part in enumerate(lint.paths)]
    for path, weights in places:
        for name in weights:
            if name not in known:
                yield unknown(settings.span, path, name, sorted({code.name for code in known.values()}))


def levels(lint: Lint) -> Levels:
    """The weights of a table, by the codes of the rules."""
    if not lint.rules and not lint.paths:
        return Levels({})
    known = allowable()

    def by_code(weights: Weights) -> dict[str, Weight]:
        return {known[name].id: weight for name, weight in weights.items() if name in known}

    return Levels(by_code(lint.rules), tuple((part.files, by_code(part.rules)) for part in lint.paths))


def weighed(problems: Iterable[Diagnostic], weights: Levels) -> tuple[Diagnostic, ...]:
    """The findings with the levels that the settings give them, without those that are off."""
    return tuple(_at(problem, weight) for problem in problems if (weight := weights.of(problem)) != "off")


def _at(problem: Diagnostic, weight: Literal["error", "warning", "note"]) -> Diagnostic:
    level = Level(weight)
    if problem.level is level:
        return problem
    return attrs.evolve(problem, code=attrs.evolve(problem.code, level=level))
