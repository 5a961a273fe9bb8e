"""The result of tests for people: a line a test, what failed with its detail, how many arms no test takes."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from gridlang.runtime.testing.result import Result


def render(result: Result, *, arms: bool = False) -> str:
    """Ends with a newline; with `arms` every arm that no test takes is listed, else they are counted."""
    return "\n".join((*_tests(result), *_sum(result), *_untaken(result, arms))) + "\n"


def _tests(result: Result) -> Iterator[str]:
    for told in result.told:
        where = result.where(told.story.place)
        yield f"{'ok' if told.holds else 'FAILED':<7} {told.story.title} ({where})"
        for paragraph in result.detail(told):
            yield ""
            yield textwrap.indent(paragraph, " " * 8)
        if not told.holds:
            yield ""


def _sum(result: Result) -> Iterator[str]:
    number = len(result.told)
    if not number:
        yield 'This plan has no tests. One begins with: test "What must follow" { starts: … }'
        return
    held = f"{number - result.failed} held, {result.failed} failed"
    yield f"{number} {'test' if number == 1 else 'tests'}: {held}."


def _untaken(result: Result, listed: bool) -> Iterator[str]:
    if not result.untaken or not result.told:
        return
    if not listed:
        yield f"{len(result.untaken)} of {result.arms} arms are taken by no test; --arms lists them."
        return
    yield f"No test takes these arms, {len(result.untaken)} of {result.arms}:"
    width = max(len(result.where(arm.place)) for arm in result.untaken)
    for arm in result.untaken:
        yield f"  {result.where(arm.place):<{width}}  {arm.text}"
