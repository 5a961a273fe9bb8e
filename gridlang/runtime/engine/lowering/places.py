"""Segments, figures, levels, maps and cells as tables (R1, R4, R5); derived events (R5a); a person's block."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from gridlang.runtime.engine.kernel import layout as k
from gridlang.runtime.engine.lowering.channels import flags
from gridlang.runtime.engine.lowering.expressions import Expressions
from gridlang.runtime.engine.lowering.forms import is_static
from gridlang.runtime.engine.lowering.names import Names
from gridlang.runtime.engine.lowering.tables import Tables, parsed
from gridlang.runtime.reference import changes, predicates
from gridlang.runtime.reference.prepare import Asked, Prepared
from gridlang.schedule import expressions as ex
from gridlang.schedule.model import Schedule


def put(plan: Prepared, tables: Tables, making: Expressions, names: Names) -> None:
    """Everything about where people stand."""
    schedule = plan.schedule
    tables.table(k.P_SEGMENTS, [making.optional(segment.where) for segment in schedule.segments])
    tables.head(k.H_SEGMENTS, len(schedule.segments))
    tables.head(k.H_FIGURES, len(schedule.persons))
    asked = [(number, making.program(when)) for number, when in figures_by(schedule, static=False)]
    tables.table(k.P_FIGURES, [number for pair in asked for number in pair])
    tables.head(k.H_FIGURES_ASKED, len(asked))
    tables.table(k.P_RELATIONS, [making.optional(level.when, whole=True) for level in schedule.relations])
    tables.head(k.H_RELATIONS, len(schedule.relations))
    tables.head(k.H_LEVEL_ALONE, _level_alone(plan, making))
    _put_relation_points(plan, tables, making)
    _put_maps(plan, tables, names)
    _put_cells(plan, tables)
    _put_derived(plan, tables, making, names)
    _put_orders(plan, tables, names)
    every = [parsed(level.contact_every) for level in schedule.relations]
    tables.table(k.P_SILENCES, [number for each in every for number in each])
    tables.head(k.H_SILENT, int(any(level.contact_every for level in schedule.relations)))


def figures_by(schedule: Schedule, *, static: bool) -> list[tuple[int, ex.Expression]]:
    """The persons of maps whom a predicate names that only attributes decide (`static`), or that asks for more."""
    figures = enumerate(schedule.persons)
    return [(n, each.when) for n, each in figures if each.when is not None and is_static(each.when) == static]


def _level_alone(plan: Prepared, making: Expressions) -> int:
    """The level of whoever met nothing that levels ask about, if that is enough to know it; else MISS."""
    whens = [level.when for level in plan.schedule.relations]
    asked = (part for when in whens if when is not None for part in changes.parts(when))
    if any(isinstance(part, ex.Attribute | ex.Age) for part in asked):
        return k.MISS
    nobody = making.statics.nobody()
    met = [when is None or bool(predicates.evaluator(when, plan.timing)(nobody, None)) for when in whens]
    return max((number for number, holds in enumerate(met) if holds), default=-1)


def _put_relation_points(plan: Prepared, tables: Tables, making: Expressions) -> None:
    found: list[int] = []
    for level in plan.schedule.relations:
        if level.when is not None:
            found += making.point_words(level.when, whole=True)
    tables.table(k.P_RELATION_POINTS, found)
    tables.head(k.P_RELATION_POINTS_N, len(found) // k.POINT)


def _put_maps(plan: Prepared, tables: Tables, names: Names) -> None:
    schedule = plan.schedule
    maps = list(schedule.maps)
    of = []
    for segment, phase in itertools.product(schedule.segments, schedule.journey.phases):
        found = plan.map_of(segment.name, phase.name)
        of.append(-1 if found is None else next(i for i, each in enumerate(maps) if each is found))
    tables.table(k.P_MAP_OF, of)
    bits = []
    for chart in maps:
        for figure in schedule.persons:
            roles = {role for part in chart.parts if part.person == figure.name for role in part.roles}
            bits.append(sum(1 << names.role(role) for role in roles))
    tables.table(k.P_MAP_ROLES, bits)


def _put_cells(plan: Prepared, tables: Tables) -> None:
    """By segment and phase, the campaigns that may stand there."""
    schedule = plan.schedule
    found = []
    for segment, phase in itertools.product(schedule.segments, schedule.journey.phases):
        here = [
            flow.index
            for flow in plan.flows
            if not flow.campaign.mass
            and (not flow.campaign.segments or segment.name in flow.campaign.segments)
            and (not flow.campaign.phases or phase.name in flow.campaign.phases)
        ]
        found += [tables.put(here), len(here)]
    tables.table(k.P_CELLS, found)
    mass = [flow.index for flow in plan.flows if flow.campaign.mass]
    tables.table(k.P_MASS_FLOWS, mass)
    tables.head(k.H_MASS_FLOWS, len(mass))


def _put_derived(plan: Prepared, tables: Tables, making: Expressions, names: Names) -> None:
    events = {event.name: event for event in plan.schedule.events}
    predicates = [(asked, events[asked.name].when) for asked in plan.predicates]
    dates = [(asked, events[asked.name].date) for asked in plan.dates]
    for asked, _ in predicates:
        making.slot(asked.name)
    tables.table(k.P_PREDICATES, _asked(predicates, tables, making, names))
    tables.head(k.H_PREDICATES, len(predicates))
    tables.table(k.P_DATES, _asked(dates, tables, making, names))
    tables.head(k.H_DATES, len(dates))


def _asked(
    pairs: Iterable[tuple[Asked, ex.Expression | None]], tables: Tables, making: Expressions, names: Names
) -> list[int]:
    found: list[int] = []
    for asked, expression in pairs:
        assert expression is not None
        found += [making.program(expression), *making.points(expression), names.number(asked.name)]
    return found


def _put_orders(plan: Prepared, tables: Tables, names: Names) -> None:
    """Rules with `order`: rule, the channels that it is about, its pairs of messages."""
    rules, channels = list(plan.schedule.rules), plan.schedule.channels
    found: list[int] = []
    for rule in (each.rule for each in plan.orders):
        about = [c.name for c in channels if set(plan.channels[c.name].names) & set(rule.channels)]
        covered = flags(tables, about, [c.name for c in channels])
        if rule.channels and not about:
            covered = tables.put([0] * len(channels))
        pairs = [number for each in rule.order for number in (names.message(each.first), names.message(each.then))]
        number = next(index for index, each in enumerate(rules) if each is rule)
        found += [number, covered if rule.channels else -1, tables.put(pairs), len(rule.order)]
    tables.table(k.P_ORDERS, found)
    tables.head(k.H_ORDER_RULES, len(plan.orders))


def put_block(plan: Prepared, tables: Tables, making: Expressions) -> None:
    """What a person's memory looks like before the first moment, and where its arrays begin."""
    flows, visits = len(plan.flows), sum(len(flow.campaign.steps) + 1 for flow in plan.flows)
    arrays = (
        (k.PO_STANDING, flows, 0),
        (k.PO_OLD, flows, 0),
        (k.PO_ENDED, flows, k.MISS),
        (k.PO_STARTS, flows, k.MISS),
        (k.PO_RUNS, flows, 0),
        (k.PO_VISITS, visits, 0),
        (k.PO_HEADS, len(making.slots), 0),
        (k.PO_TRUTHS, len(plan.predicates), 0),
        (k.PO_TURNS, len(plan.predicates) + len(plan.dates), k.FAR),
        (k.PO_CAPS, 3 * len(plan.caps), 0),
        (k.PO_RECEIVED, len(plan.schedule.messages) // 62 + 1, 0),
        (k.PO_PEAKS, len(plan.caps), 0),
    )
    template = [0] * k.PN_FIXED
    template[k.PN_LIVED] = k.MISS
    for field, size, value in arrays:
        tables.head(field, len(template))
        template += [value] * size
    tables.table(k.P_TEMPLATE, template)
    tables.head(k.H_PERSON_SIZE, len(template))
