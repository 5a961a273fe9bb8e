"""What the plan does with the sample person, written beside each step; the size of a segment, the cost of a touch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from lsprotocol import types as lsp

from gridlang.editor import moments, sample
from gridlang.editor.asking import Asked, Feature
from gridlang.editor.facts import number
from gridlang.editor.features.hover import schedule_of
from gridlang.editor.index.path import walk
from gridlang.editor.sample import Walk
from gridlang.editor.steps import campaigns_in, named_steps
from gridlang.quantities import Duration
from gridlang.runtime.reference import watching
from gridlang.runtime.rows import TaskRow
from gridlang.schedule.model import Schedule
from gridlang.source import Span
from gridlang.syntax import nodes

_PLAIN = frozenset({watching.NEXT, watching.BODY})


def hints(asked: Asked) -> list[lsp.InlayHint]:
    """The hints of a range of the text."""
    wanted, schedule = asked.span(asked.params.range), schedule_of(asked)
    if schedule is None:
        return []
    found = [*_dates(asked), *_sizes(asked, schedule), *_flights(asked, schedule), *_costs(asked, schedule)]
    return [hint for at, hint in found if wanted.start <= at <= wanted.end]


Hint = tuple[int, lsp.InlayHint]


def _hint(asked: Asked, at: int, label: str, tip: str) -> Hint:
    place = asked.text.span(at, at)
    return at, lsp.InlayHint(asked.position(place), label, padding_left=True, tooltip=tip)


def head_end(span: Span) -> int:
    """Where the first line of a step ends, or the step itself."""
    first = span.text.split("\n", 1)[0].rstrip()
    return span.start + len(first)


# --- the sample person -----------------------------------------------------------------------------------------------


def _dates(asked: Asked) -> Iterator[Hint]:
    plan, understood = asked.text.plan, asked.text.understood
    walked = sample.walk(plan, plan.sound or understood, plan.sample)
    if walked is None:
        return
    tip = f"for {walked.choice.label}"
    for declared in campaigns_in(asked.text):
        for step in named_steps(asked.text, declared):
            label = told(walked, declared.name, step.id)
            if label is not None and not step.inside:
                yield _hint(asked, head_end(step.node.span), label, tip)


def told(walked: Walk, campaign: str, step: str) -> str | None:
    """When a step happened to the sample: `Mon 8 Feb 09:00`, and how often more."""
    moments_of = _rows(walked, campaign, step)
    if moments_of:
        first, more = moments_of[0], len(moments_of) - 1
        return f"{first}{f' +{more}' if more else ''}"
    arrows = walked.arrows.get((campaign, step))
    if not arrows:
        return None
    at, word = arrows[0]
    way = "" if word in _PLAIN else f"{word} "
    return f"→ {way}{moments.said(at, walked.zone)}{f' +{len(arrows) - 1}' if len(arrows) > 1 else ''}"


def _rows(walked: Walk, campaign: str, step: str) -> list[str]:
    """The touches, tasks and skips of a step for the sample, in words."""
    rows = walked.execution
    if rows is None:
        return []
    touches = [(touch.due, "{}", touch) for touch in rows.touches]
    tasks = [(task.due, _deadline(task, walked.zone), task) for task in rows.tasks]
    audiences = [(audience.start, "{}", audience) for audience in rows.audiences]
    skips = [(skip.at, f"skipped ({skip.reason}) {{}}", skip) for skip in rows.skips]
    mine = (walked.contact.id, "")
    every: list[tuple[int, str, Any]] = [*touches, *tasks, *audiences, *skips]
    found = [
        (at, what) for at, what, row in every if row.campaign == campaign and row.step == step and row.contact in mine
    ]
    return [what.format(moments.said(at, walked.zone)) for at, what in sorted(found)]


def _deadline(task: TaskRow, zone: str) -> str:
    """A task with the moment at which it is due."""
    return "{}" if task.deadline is None else f"{{}} · due {moments.said(task.deadline, zone)}"


# --- sizes, flights, costs -------------------------------------------------------------------------------------------


def _sizes(asked: Asked, schedule: Schedule) -> Iterator[Hint]:
    """Behind the name of a segment, how many accounts are expected in it."""
    sizes = {segment.name: segment.size for segment in schedule.segments}
    for field in _fields(asked, "segment"):
        for value in field.values:
            size = sizes.get(value.text) if isinstance(value, nodes.Reference) else None
            if size is not None:
                yield _hint(asked, value.span.end, number(size), "accounts expected in this segment")


def _fields(asked: Asked, name: str) -> Iterator[nodes.Field]:
    for block in asked.text.file.declarations:
        for item in block.items if isinstance(block, nodes.Block) else ():
            if isinstance(item, nodes.Field) and item.name.text == name:
                yield item


def _flights(asked: Asked, schedule: Schedule) -> Iterator[Hint]:
    """Behind the length of a flight, its last day, where the campaign starts on a date."""
    for declared in campaigns_in(asked.text):
        block = declared.node
        starts = next(
            (
                item.values[0]
                for item in (block.items if isinstance(block, nodes.Block) else ())
                if isinstance(item, nodes.Field) and item.name.text == "starts" and item.values
            ),
            None,
        )
        begins = starts.start if isinstance(starts, nodes.Range) else starts
        if not isinstance(begins, nodes.Date):
            continue
        for node in walk(block):
            if isinstance(node, nodes.Show) and isinstance(node.duration, nodes.Length):
                last = _last_day(schedule, node.duration.value, begins.value)
                yield _hint(asked, node.duration.span.end, f"to {last}", "the last day of the flight, from `starts`")


def _last_day(schedule: Schedule, duration: Duration, first: dt.date) -> str:
    end = moments.ends(schedule, duration, first)
    day = end.date() if isinstance(end, dt.datetime) else end - dt.timedelta(days=1)
    return moments.day(max(day, first))


def _costs(asked: Asked, schedule: Schedule) -> Iterator[Hint]:
    """Behind the channel of a step, what one touch costs."""
    prices = {channel.name: channel.cost for channel in schedule.channels if channel.cost}
    if not prices:
        return
    for declaration in asked.text.file.declarations:
        for node in walk(declaration):
            channels = (
                node.channels
                if isinstance(node, nodes.Send)
                else (node.channel,)
                if isinstance(node, nodes.Task)
                else ()
            )
            for channel in channels:
                found = asked.text.scope.find("channel", tuple(p.text for p in channel.parts), asked.text.folder.path)
                price = prices.get(found.canonical) if found is not None else None
                if price is not None:
                    yield _hint(asked, channel.span.end, price, "what one touch costs")


FEATURES = (Feature(lsp.TEXT_DOCUMENT_INLAY_HINT, hints, lsp.InlayHintOptions(resolve_provider=False), ()),)
