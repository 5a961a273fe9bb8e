"""From names to the schedule: every declaration held against its kind, in the order in which facts are needed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from gridlang.diagnostics import Diagnostic, Edit, Fix, Outcome, Related
from gridlang.diagnostics.codes import declarations as codes
from gridlang.diagnostics.codes import stories as story_codes
from gridlang.schedule import model
from gridlang.schedule.calendars import Remember
from gridlang.semantics.again import Again
from gridlang.semantics.context import Context
from gridlang.semantics.flows.building import build_flow
from gridlang.semantics.holidays import resolve_holidays
from gridlang.semantics.kinds import kinds
from gridlang.semantics.kinds.base import Bound, bind, gather, here_of
from gridlang.semantics.kinds.journey import phase_blocks
from gridlang.semantics.kinds.relations import level_blocks
from gridlang.semantics.model import Model
from gridlang.semantics.scope import LIBRARY, Declared, Scope, Sheaf, near, write
from gridlang.semantics.templates import check_templates
from gridlang.semantics.wanted import declared_once
from gridlang.semantics.workspace import Workspace
from gridlang.syntax import nodes

SHARED = ("role", "channel", "event", "need", "barrier", "team", "person", "message", "rule")
"""The kinds whose declarations come along from an imported folder."""


def check(scope: Scope, workspace: Workspace, remember: Remember, again: Again | None = None) -> Outcome[Model | None]:
    """Check a plan's declarations and build its schedule; None when there is no plan to stand on.

    Findings come in the order of the texts, each once. `again`: what the last reading left.
    """
    again = again or Again(once=True)
    again.begin(scope)
    context = Context(scope, workspace, remember, again.places)
    context.problems.extend(_unknown_kinds(scope, again))
    plan = _the_plan(context)
    if plan is None:
        again.read_by(None)
    schedule = _schedule(context, plan, again) if plan is not None else None
    again.end(scope)
    problems = tuple(declared_once(_ordered(context.problems)))
    if schedule is None:
        return Outcome(None, problems)
    return Outcome(
        Model(
            schedule,
            tuple(context.places.spans),
            scope,
            frozenset(context.misdeclared),
            _broken(context),
            again.memory,
        ),
        problems,
    )


def _broken(context: Context) -> frozenset[str]:
    return frozenset(declaration.split(" ", 1)[1] for declaration in context.broken)


def _ordered(problems: list[Diagnostic]) -> Iterator[Diagnostic]:
    """Each finding once (what several declarations start from is read for each of them), files in order."""
    seen = set()
    for problem in problems:
        key = (problem.code.id, problem.message, problem.span and (problem.span.source.path, problem.span.start))
        if key not in seen:
            seen.add(key)
            yield problem


def _unknown_kinds(scope: Scope, again: Again) -> Iterator[Diagnostic]:
    for folder in scope.folders.values():
        for file in folder.files:
            sheet = again.sheet(file, folder.path)
            if sheet.wrong_heads is None:
                sheet.wrong_heads = tuple(_wrong_heads(file))
            yield from sheet.wrong_heads


def _wrong_heads(file: nodes.File) -> Iterator[Diagnostic]:
    known = kinds()
    for node in file.declarations:
        if isinstance(node, nodes.Block):
            yield from _wrong_head(node, known)


def _wrong_head(node: nodes.Block, known: dict[str, Any]) -> Iterator[Diagnostic]:
    word = node.kind.text
    if word not in known:
        meant = near(word, known)
        yield codes.UNKNOWN_KIND.at(node.kind.span, kind=word, near=meant, fixes=write(node.kind.span, meant))
    elif node.name is None and known[word].named:
        yield codes.MISSING_NAME.at(node.header, kind=word)


def _the_plan(context: Context) -> Declared | None:
    plans = list(context.scope.own("plan").values())
    if not plans:
        folder = context.scope.folders[""]
        if folder.files:
            context.problems.append(codes.NO_PLAN.at(None, folder="this folder"))
        return None
    for second in plans[1:]:
        context.problems.append(
            codes.TWO_PLANS.at(
                second.span,
                name=second.name,
                first=plans[0].name,
                place=plans[0].span,
                related=(Related(plans[0].span, "the first plan"),),
            )
        )
    return plans[0]


# --- one kind after the other ----------------------------------------------------------------------------------------


def _lower(context: Context, declared: Declared) -> Any:
    kind = kinds()[declared.kind]
    assert kind.lower is not None
    return kind.lower(bind(kind, declared, context))


def _visible(context: Context, kind: str) -> Iterator[Sheaf]:
    """Own declarations, then those of imports where they come along, then the library's where it is plain."""
    sheaves = context.scope.sheaves
    yield from sheaves.get(("", kind), ())
    for path in context.scope.folders:
        if path not in ("", LIBRARY) and kind in SHARED:
            yield from sheaves.get((path, kind), ())
    if kind in ("role", "channel", "event"):
        yield from sheaves.get((LIBRARY, kind), ())


def _all(context: Context, kind: str, again: Again) -> tuple[Any, ...]:
    lower = partial(_lower, context)
    return again.list_of(kind, tuple(again.all_lowered(sheaf, context, lower) for sheaf in _visible(context, kind)))


def _facts(context: Context, bound: Bound) -> None:
    """The plan's own facts that others are read by."""
    context.currency = bound.value("currency")
    for declared in context.scope.own("fields").values():
        fields = {field.name: field for field in _lower(context, declared)}
        if declared.name == "person":
            context.person_fields = fields
        elif declared.name == "account":
            context.account_fields = fields
        else:
            context.problems.append(
                codes.UNKNOWN_NAME.at(
                    declared.span, kind="fields", name=declared.name, hint="they are of a `person` or an `account`"
                )
            )


def _bound(context: Context, declared: Declared | None) -> Bound | None:
    return bind(kinds()[declared.kind], declared, context) if declared else None


def _schedule(context: Context, declared: Declared, again: Again) -> model.Schedule | None:
    bound = bind(kinds()["plan"], declared, context)
    _facts(context, bound)
    journey, relations = _bound(context, bound.value("journey")), _bound(context, bound.value("relations"))
    calendar = _bound(context, bound.value("calendar"))
    context.phases = {phase.name: phase.span for phase in phase_blocks(journey)} if journey else {}
    context.levels = {level.name: level.span for level in level_blocks(relations)} if relations else {}
    plan: model.Plan | None = _lower(context, declared)
    days: model.Calendar | None = calendar.kind.lower(calendar) if calendar and calendar.kind.lower else None
    if days is not None:
        context.named_days = days.named
        if plan is not None:
            days = resolve_holidays(days, plan, calendar, context.remember)
    again.read_by(context.facts)
    parts = _parts(context, again)
    way: model.Journey | None = journey.kind.lower(journey) if journey and journey.kind.lower else None
    levels: tuple[model.Relation, ...] = relations.kind.lower(relations) if relations and relations.kind.lower else ()
    _leftovers(context, {id(found.node) for found in (journey, relations, calendar) if found}, again)
    fields = tuple(context.person_fields.values()), tuple(context.account_fields.values())
    again.ruled_by(plan, days, way, levels, *fields)
    again.templates = check_templates(context, parts["messages"], again.memory, again.templates)
    if plan is None or way is None or days is None:
        return None
    return model.Schedule(
        plan=plan,
        journey=way,
        relations=levels,
        person_fields=fields[0],
        account_fields=fields[1],
        calendar=days,
        places=context.places.resolved(),
        sources=_sources(context),
        tests=tuple(context.stories),
        **parts,
    )


def _parts(context: Context, again: Again) -> dict[str, Any]:
    """The lists of the schedule. Channels and events come first: rules, maps and flows look at them."""
    parts: dict[str, Any] = {"roles": _all(context, "role", again)}
    context.deciding = {role.name for role in parts["roles"] if role.decides}
    parts["channels"] = _all(context, "channel", again)
    context.channels = {channel.name: channel for channel in parts["channels"]}
    parts["events"] = _all(context, "event", again)
    context.events = {event.name: event for event in parts["events"]}
    for kind in ("need", "barrier", "team", "person", "segment", "map"):
        parts[f"{kind}s"] = _all(context, kind, again)
    parts["segments"] = tuple(sorted(parts["segments"], key=lambda segment: segment.where is None))
    context.maps = {found.name: found for found in parts["maps"]}
    for kind in ("message", "rule", "campaign", "kpi"):
        parts[f"{kind}s"] = _all(context, kind, again)
    context.campaigns = parts["campaigns"]
    context.messages = {message.name: message for message in parts["messages"]}
    return parts


def _leftovers(context: Context, done: set[int], again: Again) -> None:
    """Declarations that nothing has read yet (tests, journeys nobody uses) are checked too."""
    known = kinds()
    for flow in context.scope.own("flow").values():
        if flow.key not in context.scope.used and isinstance(flow.node, nodes.FlowDeclaration):
            _unused_flow(context, flow, flow.node)
    for file in context.scope.folders[""].files:
        for node in again.sheet(file, "").read_last:
            if id(node) in done:
                continue
            if node.kind.text in ("journey", "relations", "calendar") and node.name is not None:
                declared = context.scope.own(node.kind.text).get(node.name.text)
                if declared is not None and declared.node is node:
                    bound = bind(known[node.kind.text], declared, context)
                    if node.kind.text != "journey" and bound.kind.lower is not None:
                        bound.kind.lower(bound)  # a journey that nobody uses has phases that nobody else knows
            elif node.kind.text == "test":
                _test(context, node)


def _unused_flow(context: Context, declared: Declared, node: nodes.FlowDeclaration) -> None:
    """A flow that nobody runs is read all the same, unless it waits for arguments that nobody gives."""
    if all(parameter.default is not None for parameter in node.parameters):
        build_flow(node.flow, here_of(declared, context))


def _test(context: Context, node: nodes.Block) -> None:
    kind = kinds()["test"]
    declared = Declared("test", node.title.value if node.title else "", "", "", node, "")
    bound = gather(kind, declared.name, [(node, here_of(declared, context))])
    assert kind.lower is not None
    story = kind.lower(bound)
    if story is None:
        return
    first = next((told for told in context.stories if told.title == story.title), None)
    if first is not None and node.title is not None:
        place = context.places.spans[first.place]
        related = (Related(place, "the first one"),)
        title = node.title.span
        fix = Fix("make its title another", (Edit(title.within(title.end - 1, title.end - 1), " (2)"),))
        context.problems.append(story_codes.STORY_TWICE.at(title, place=place, related=related, fixes=(fix,)))
    context.stories.append(story)


def _sources(context: Context) -> tuple[model.SourceFile, ...]:
    return tuple(
        model.SourceFile(path=file.source.path, sha256=file.source.digest)
        for folder in context.scope.folders.values()
        for file in folder.files
    )
