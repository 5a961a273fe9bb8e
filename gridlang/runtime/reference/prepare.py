"""The schedule as an interpreter asks it: by name, with everything read once."""

from __future__ import annotations

import datetime as dt

import attrs

from gridlang.quantities import Duration
from gridlang.runtime.reference import changes, rulebook
from gridlang.runtime.reference.predicates import Evaluate, evaluator
from gridlang.runtime.reference.rulebook import Cap, ChannelRules
from gridlang.runtime.reference.timing import Timing, duration
from gridlang.schedule import clock, model
from gridlang.schedule import expressions as ex
from gridlang.schedule import steps as st
from gridlang.schedule.clock import WorkCalendar


@attrs.frozen(eq=False)
class Asked:
    """A predicate or a date that is asked again: by which events, and when by itself."""

    name: str
    evaluate: Evaluate
    mentions: frozenset[str]
    points: tuple[changes.Moments, ...]


@attrs.frozen(eq=False)
class Flow:
    """A campaign and its flowchart. `index` is its position in the schedule (R17)."""

    index: int
    campaign: model.Campaign
    steps: dict[str, st.Step]
    numbers: dict[str, int]
    """Position of each step (R17)."""
    jumps: dict[str, tuple[str, ...]]
    """By step: the counted arrows that lead to it (R22)."""
    repeats: dict[str, st.Repeat]
    """By step: the innermost `repeat` it is in (R22a)."""
    patience: Duration | None
    starts: Asked | None
    """The date of `starts`; its event is in the campaign."""

    @property
    def first(self) -> st.Step:
        return self.campaign.steps[0]


@attrs.frozen(eq=False)
class Prepared:
    """Look-ups over one schedule."""

    schedule: model.Schedule
    timing: Timing
    period: tuple[int, int]
    """The first moment of the period, and the first after it."""
    events: dict[str, tuple[str, ...]]
    """By event: its own name and those of the events it also is."""
    event_numbers: dict[str, int]
    predicates: tuple[Asked, ...]
    """Derived events with `when` a predicate (R5a), `name` the event's."""
    dates: tuple[Asked, ...]
    """Derived events with a date expression."""
    edges: dict[tuple[str, str], model.Transition]
    """By phase and event (R3)."""
    segments: tuple[tuple[model.Segment, Evaluate | None], ...]
    figures: tuple[tuple[model.Person, Evaluate | None], ...]
    relations: tuple[tuple[model.Relation, Evaluate | None], ...]
    """Lowest first."""
    relation_mentions: frozenset[str]
    relation_points: tuple[changes.Moments, ...]
    channels: dict[str, ChannelRules]
    caps: tuple[Cap, ...]
    orders: tuple[rulebook.Rule, ...]
    """Rules with `order` (R28)."""
    rule_mentions: frozenset[str]
    """Events that the predicates of rules ask about."""
    mass_starts: frozenset[str]
    """Events that start campaigns that are one run for the plan (R6)."""
    measured: frozenset[str]
    """Events that KPIs count."""
    messages: dict[str, model.Message]
    teams: dict[str, model.Team]
    flows: tuple[Flow, ...]
    _maps: dict[tuple[str, str], model.Map | None] = attrs.field(factory=dict)
    _compiled: dict[int, Evaluate] = attrs.field(factory=dict)
    _flows_by_name: dict[str, Flow] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_flows_by_name", {flow.campaign.name: flow for flow in self.flows})

    def evaluate(self, expression: ex.Expression) -> Evaluate:
        """The function that answers an expression of the schedule; made once."""
        made = self._compiled.get(id(expression))
        if made is None:
            made = self._compiled[id(expression)] = evaluator(expression, self.timing)
        return made

    def map_of(self, segment: str, phase: str) -> model.Map | None:
        """The first Integration Map of this segment in this phase."""
        key = (segment, phase)
        if key not in self._maps:
            self._maps[key] = next((each for each in self.schedule.maps if _is_for(each, segment, phase)), None)
        return self._maps[key]

    def label_of(self, campaign: str, step: str) -> str | None:
        """The label of a step; None when it has none, or the plan has no such step any more."""
        flow = self._flows_by_name.get(campaign)
        found = flow.steps.get(step) if flow else None
        return found.label if found else None

    def edge(self, phase: str, names: tuple[str, ...]) -> model.Transition | None:
        """The edge that an event takes from a phase: by its own name before those of the events it also is (R3)."""
        return next((self.edges[phase, name] for name in names if (phase, name) in self.edges), None)


def _is_for(each: model.Map, segment: str, phase: str) -> bool:
    return (not each.segments or segment in each.segments) and (not each.phases or phase in each.phases)


def prepare(schedule: model.Schedule) -> Prepared:
    """Read everything of the schedule that is asked more than once."""
    timing = Timing(schedule.plan.timezone, WorkCalendar(schedule.calendar))
    rules = rulebook.rules_of(schedule, timing)
    caps = rulebook.caps_of(schedule, rules)
    leveled = [relation.when for relation in schedule.relations if relation.when is not None]
    return Prepared(
        schedule=schedule,
        timing=timing,
        period=_period(schedule.plan),
        events={event.name: (event.name, *event.ancestors) for event in schedule.events},
        event_numbers={event.name: number for number, event in enumerate(schedule.events)},
        predicates=tuple(_asked(each.name, each.when, timing) for each in schedule.events if each.when is not None),
        dates=tuple(_asked(each.name, each.date, timing) for each in schedule.events if each.date is not None),
        edges=_edges(schedule.journey),
        segments=tuple((each, _optional(each.where, timing)) for each in schedule.segments),
        figures=tuple((each, _optional(each.when, timing)) for each in schedule.persons),
        relations=tuple((each, _optional(each.when, timing)) for each in schedule.relations),
        relation_mentions=frozenset().union(*(changes.mentions(when) for when in leveled)),
        relation_points=tuple(point for when in leveled for point in changes.turning_points(when, timing)),
        channels=rulebook.channels_of(schedule, rules, caps),
        caps=caps,
        orders=tuple(rule for rule in rules if rule.rule.order),
        rule_mentions=rulebook.mentions_of(schedule),
        measured=frozenset(kpi.counts for kpi in schedule.kpis),
        mass_starts=frozenset(
            each.starts.event for each in schedule.campaigns if each.mass and each.starts and each.starts.event
        ),
        messages={message.name: message for message in schedule.messages},
        teams={team.name: team for team in schedule.teams},
        flows=tuple(_flow(index, campaign, timing) for index, campaign in enumerate(schedule.campaigns)),
    )


def _period(plan: model.Plan) -> tuple[int, int]:
    """R27: from 00:00 of the first day up to 00:00 after the last, on the plan's clock."""
    last = dt.date.fromisoformat(plan.ends)
    return (
        clock.midnight(dt.date.fromisoformat(plan.starts), plan.timezone),
        clock.midnight(clock.next_date(last), plan.timezone),
    )


def _asked(name: str, expression: ex.Expression, timing: Timing) -> Asked:
    return Asked(
        name,
        evaluator(expression, timing),
        changes.mentions(expression),
        changes.turning_points(expression, timing),
    )


def _optional(expression: ex.Expression | None, timing: Timing) -> Evaluate | None:
    return None if expression is None else evaluator(expression, timing)


def _edges(journey: model.Journey) -> dict[tuple[str, str], model.Transition]:
    edges: dict[tuple[str, str], model.Transition] = {}
    for transition in journey.transitions:
        for event in transition.events:
            edges.setdefault((transition.source, event), transition)
    return edges


def _flow(index: int, campaign: model.Campaign, timing: Timing) -> Flow:
    starts = campaign.starts
    return Flow(
        index=index,
        campaign=campaign,
        steps={step.id: step for step in campaign.steps},
        numbers={step.id: number for number, step in enumerate(campaign.steps)},
        jumps=_jumps(campaign.steps),
        repeats=_repeats(campaign.steps),
        patience=duration(campaign.patience) if campaign.patience else None,
        starts=_asked(campaign.name, starts.date, timing) if starts and starts.date is not None else None,
    )


def _jumps(steps: tuple[st.Step, ...]) -> dict[str, tuple[str, ...]]:
    jumps: dict[str, tuple[str, ...]] = {}
    for step in steps:
        if isinstance(step, st.Jump) and step.next is not None:
            jumps[step.next] = (*jumps.get(step.next, ()), step.id)
    return jumps


def _repeats(steps: tuple[st.Step, ...]) -> dict[str, st.Repeat]:
    """Outer repeats first, so that the innermost one is what remains."""
    repeats = [step for step in steps if isinstance(step, st.Repeat)]
    widest_first = sorted(repeats, key=lambda repeat: -len(repeat.body_steps))
    return {step: repeat for repeat in widest_first for step in repeat.body_steps}
