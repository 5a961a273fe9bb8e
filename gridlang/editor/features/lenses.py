"""Above each campaign what it comes to, "3 touches, at most 2 per 7d, reaches 12,000"; above each test if it holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lsprotocol import types as lsp

from gridlang.editor import facts
from gridlang.editor.asking import Asked, Feature, WideFeature
from gridlang.editor.features.hover import schedule_of
from gridlang.editor.positions import Encoding
from gridlang.editor.session import Session
from gridlang.editor.steps import campaigns_in
from gridlang.runtime import testing
from gridlang.runtime.testing.result import summary
from gridlang.schedule.model import Campaign, Schedule
from gridlang.syntax import nodes

PREVIEW = "gridlang.showPreview"


def lenses(asked: Asked) -> list[lsp.CodeLens]:
    """The lenses of a text; those of tests are told when they come into sight."""
    schedule = schedule_of(asked)
    if schedule is None:
        return []
    return [*_campaigns(asked, schedule), *_tests(asked)]


def _campaigns(asked: Asked, schedule: Schedule) -> Iterator[lsp.CodeLens]:
    known = {campaign.name: campaign for campaign in schedule.campaigns}
    options = asked.session.options
    for declared in campaigns_in(asked.text):
        found = known.get(declared.name)
        if found is None:
            continue
        place = asked.range(declared.span)
        arguments: list[Any] = [
            asked.uri(declared.span),
            {"line": place.start.line, "character": place.start.character},
        ]
        command = PREVIEW if options.get("preview") else ""
        yield lsp.CodeLens(place, lsp.Command(title=told(schedule, found), command=command, arguments=arguments))


def told(schedule: Schedule, campaign: Campaign) -> str:
    """What a campaign comes to."""
    count = facts.touches(campaign)
    parts = [f"{count} touch{'' if count == 1 else 'es'}"]
    parts += [f"at most {rate}" for rate in facts.caps(schedule, campaign)[:2]]
    reached = facts.reached(schedule, campaign)
    parts += [f"reaches {facts.number(reached)}"] if reached is not None else []
    price = facts.cost(schedule, campaign)
    parts += [f"{price.amount:,} {price.currency}"] if price is not None else []
    return ", ".join(parts)


def _tests(asked: Asked) -> Iterator[lsp.CodeLens]:
    for node in asked.text.file.declarations if not asked.text.folder.path else ():
        if isinstance(node, nodes.Block) and node.kind.text == "test" and node.title is not None:
            uri = asked.uri(node.span)
            yield lsp.CodeLens(asked.range(node.title.span), data={"uri": uri, "test": node.title.value})


def resolve(session: Session, lens: lsp.CodeLens, encoding: Encoding) -> lsp.CodeLens:
    """Tell a test, and say whether it holds."""
    data = lens.data if isinstance(lens.data, dict) else {}
    text = session.text(str(data.get("uri", "")))
    lens.command = lsp.Command(title="", command="")
    if text is None or text.understood.model is None or text.understood.failed:
        lens.command.title = "not told while the plan has errors"
        return lens
    schedule = text.understood.model.schedule
    story = next((each for each in schedule.tests if each.title == data.get("test")), None)
    if story is not None:
        result = text.understood.once(f"test {story.title}", lambda: testing.run(schedule, story))
        lens.command.title = "✓ holds" if result.holds else f"✗ {summary(result)}"
    return lens


FEATURES = (
    Feature(lsp.TEXT_DOCUMENT_CODE_LENS, lenses, lsp.CodeLensOptions(resolve_provider=True), ()),
    WideFeature(lsp.CODE_LENS_RESOLVE, resolve),
)
