"""The findings of a plan as its settings want them told: weighed by `[lint]`, and without what its baseline knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gridlang.diagnostics import Diagnostic, Outcome
from gridlang.settings import Settings

ReadText = Callable[[str], Outcome[str | None]]
"""The text of a file in the plan's folder."""


def governed(
    problems: Iterable[Diagnostic], settings: Settings, read: ReadText, *, known: bool = False
) -> tuple[Diagnostic, ...]:
    """What is left of the findings, after what is wrong with the settings themselves.

    `known`: with those that the baseline knows from before.
    """
    if settings.source is None:
        return tuple(problems)
    from gridlang.linting import baseline, levels  # only for who has settings: a check starts sooner without

    lint = levels.read(settings)
    weighed = levels.weighed(problems, levels.levels(lint.value))
    name = lint.value.baseline
    if known or name is None:
        return (*lint.problems, *weighed)
    text = read(name)
    before = Outcome(baseline.Baseline(), text.problems)
    if text.value is not None:
        before = baseline.from_json(text.value, name)
    return (*lint.problems, *before.problems, *baseline.compare(weighed, before.value).new)
