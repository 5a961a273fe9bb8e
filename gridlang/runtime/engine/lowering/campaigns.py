"""Campaigns and the steps of their flows as tables."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from typing import Any, assert_never

import attrs

from gridlang.quantities import Duration
from gridlang.runtime.engine.kernel import layout as k
from gridlang.runtime.engine.lowering.channels import day_number, flags, record
from gridlang.runtime.engine.lowering.expressions import Expressions
from gridlang.runtime.engine.lowering.names import Names
from gridlang.runtime.engine.lowering.tables import Tables, duration, parsed
from gridlang.runtime.reference import watching
from gridlang.runtime.reference.prepare import Flow, Prepared
from gridlang.runtime.rows import BEGINS, Arrow
from gridlang.schedule import steps as st

VERBS: dict[type, int] = {
    st.Send: k.V_SEND,
    st.Task: k.V_TASK,
    st.Show: k.V_SHOW,
    st.Notify: k.V_NOTIFY,
    st.Wait: k.V_WAIT,
    st.WaitUntil: k.V_WAIT_UNTIL,
    st.WaitFor: k.V_WAIT_FOR,
    st.Ask: k.V_ASK,
    st.Choose: k.V_CHOOSE,
    st.Split: k.V_SPLIT,
    st.Repeat: k.V_REPEAT,
    st.Move: k.V_MOVE,
    st.Stop: k.V_STOP,
    st.Jump: k.V_JUMP,
}


@attrs.define(eq=False)
class Bytes:
    """The bytes that are hashed (R20, R24)."""

    content: bytearray = attrs.field(factory=lambda: bytearray(b"holdout"))

    def put(self, text: str) -> tuple[int, int]:
        encoded = text.encode()
        at = len(self.content)
        self.content += encoded
        return at, len(encoded)

    def normal(self, text: str) -> tuple[int, int]:
        return self.put(unicodedata.normalize("NFC", text))


@attrs.define(eq=False)
class Campaigns:
    """Lowers flows: what they name are numbers of the schedule's declarations."""

    plan: Prepared
    tables: Tables
    making: Expressions
    names: Names
    bytes: Bytes
    arrows: list[Arrow] = attrs.field(factory=list)
    """What each counter of an arrow counts."""

    def put(self) -> None:
        schedule, found, base = self.plan.schedule, [], 0
        for flow in self.plan.flows:
            found += self._flow(flow, base)
            base += len(flow.campaign.steps) + 1
        self.tables.table(k.P_FLOWS, found)
        self.tables.head(k.H_FLOWS, len(schedule.campaigns))
        self.tables.head(k.H_VISITS, base)
        self.tables.head(k.H_TOTAL_STEPS, base)

    def _flow(self, flow: Flow, base: int) -> list[int]:
        campaign, tables = flow.campaign, self.tables
        begins = self._count(flow, *BEGINS)
        steps = tables.put([number for step in campaign.steps for number in self._step(flow, step)])
        patience, patience_unit = duration(flow.patience)
        goal, goal_unit = parsed(campaign.goal.within) if campaign.goal else (0, -1)
        name, name_n = self.bytes.put(campaign.name)
        normal, normal_n = self.bytes.normal(campaign.name)
        holdout = flow.numbers.get("holdout", -1)
        relations = [relation.name for relation in self.plan.schedule.relations]
        known = {role.name: 1 << number for number, role in enumerate(self.plan.schedule.roles)}
        maps = [each.name for each in self.plan.schedule.maps]
        figures = [each.name for each in self.plan.schedule.persons]
        addressed = [
            (maps.index(chart), figures.index(who))
            for chart, who in campaign.addressed
            if chart in maps and who in figures
        ]
        return record(
            {
                k.F_STEPS: steps,
                k.F_PRIORITY: campaign.priority,
                k.F_PATIENCE: patience,
                k.F_PATIENCE_UNIT: patience_unit,
                **self._starts(flow),
                **_reentry(campaign.reentry),
                k.F_HOLDOUT: campaign.holdout,
                k.F_PLACE: campaign.place,
                k.F_GOAL: self.names.number(campaign.goal.event) if campaign.goal else -1,
                k.F_GOAL_AMOUNT: goal,
                k.F_GOAL_UNIT: goal_unit,
                k.F_JUMPS: sum(isinstance(step, st.Jump) for step in campaign.steps),
                k.F_REPEATS: sum(isinstance(step, st.Repeat) for step in campaign.steps),
                k.F_BASE: base,
                k.F_NAME: name,
                k.F_NAME_N: name_n,
                k.F_NFC: normal,
                k.F_NFC_N: normal_n,
                k.F_HOLDOUT_STEP: base + (len(campaign.steps) if holdout < 0 else holdout),
                k.F_HOLDOUT_NUMBER: holdout,
                k.F_ARROW: begins,
                k.F_RELATIONS: flags(tables, campaign.relations, relations),
                k.F_ROLES: sum(known.get(role, 0) for role in set(campaign.roles)) if campaign.roles else -1,
                k.F_ADDRESSED: tables.put([number for pair in addressed for number in pair]),
                k.F_ADDRESSED_N: (len(campaign.addressed) and max(len(addressed), 1) * bool(addressed)) or 0,
            },
            k.FLOW,
        )

    def _starts(self, flow: Flow) -> dict[int, int]:
        starts = flow.campaign.starts
        if starts is None:
            return {k.F_STARTS: k.STARTS_NONE, k.F_START_EVENT: -1, k.F_START_DATE: -1, k.F_UNTIL: -1}
        return {
            k.F_STARTS: k.STARTS_DATE if starts.event is None else k.STARTS_EVENT,
            k.F_START_EVENT: self.names.number(starts.event) if starts.event else -1,
            k.F_START_DATE: self.making.optional(starts.date),
            k.F_UNTIL: self.making.optional(starts.until),
        }

    def _count(self, flow: Flow, step: str, word: str) -> int:
        """The counter of an arrow."""
        self.arrows.append((flow.campaign.name, step, word))
        return len(self.arrows) - 1

    # --- steps -------------------------------------------------------------------------------------------------------

    def _step(self, flow: Flow, step: st.Step) -> list[int]:
        named, named_n = self.bytes.put(step.id)
        normal, normal_n = self.bytes.normal(step.id)
        jumps = flow.jumps.get(step.id, ())
        repeat = flow.repeats.get(step.id)
        own = getattr(self, f"_{type(step).__name__.lower()}")
        made: Callable[[Flow, Any], list[int]] = own
        fields = dict(enumerate(made(flow, step), k.S_A))
        return record(
            {
                k.S_VERB: VERBS[type(step)],
                k.S_PLACE: step.place,
                k.S_NEXT: _number(flow, step.next),
                k.S_REPEAT: flow.numbers[repeat.id] if repeat else -1,
                k.S_JUMPS: self.tables.put([flow.numbers[jump] for jump in jumps]),
                k.S_JUMPS_N: len(jumps),
                k.S_ID: named,
                k.S_ID_N: named_n,
                k.S_NFC: normal,
                k.S_NFC_N: normal_n,
                k.S_ARROW: [*(self._count(flow, step.id, word) for word in words(step)), 0][0],
                **fields,
            },
            k.STEP,
        )

    def _send(self, flow: Flow, step: st.Send) -> list[int]:
        channels = self.tables.put([self.names.channel(name) for name in step.channels])
        at = -1 if step.at is None else _seconds(step.at)
        skipped = -2 if step.skipped is None else _number(flow, step.skipped)
        return [channels, len(step.channels), self.names.message(step.message), at, *parsed(step.duration), skipped]

    def _task(self, flow: Flow, step: st.Task) -> list[int]:
        arms = [(self.names.outcome(word), _number(flow, arm.next)) for arm in step.arms for word in arm.outcomes]
        return [
            self.names.channel(step.channel),
            self.names.message(step.message),
            self.names.team(step.team),
            *parsed(step.due),
            self.tables.put([number for arm in arms for number in arm]),
            len(arms),
            _number(flow, step.overdue) if step.has_overdue else -2,
        ]

    def _show(self, flow: Flow, step: st.Show) -> list[int]:
        return [self.names.channel(step.channel), self.names.message(step.message)]

    def _notify(self, flow: Flow, step: st.Notify) -> list[int]:
        return [self.names.team(step.team)]

    def _wait(self, flow: Flow, step: st.Wait) -> list[int]:
        return [*parsed(step.duration)]

    def _waituntil(self, flow: Flow, step: st.WaitUntil) -> list[int]:
        at = -1 if step.at is None else _seconds(step.at)
        if step.when is not None:
            return [2, self.making.program(step.when), 0, at]
        if step.weekday is not None:
            return [0, step.weekday, 0, at]
        days = [day_number(dt.date.fromisoformat(day)) for day in step.days]
        return [1, self.tables.put(days), len(days), at]

    def _waitfor(self, flow: Flow, step: st.WaitFor) -> list[int]:
        return [self.making.slot(step.event), self.names.role(step.role), *parsed(step.within)]

    def _ask(self, flow: Flow, step: st.Ask) -> list[int]:
        arms = [
            number
            for arm in step.arms
            for number in (len(arm.events), _number(flow, arm.next), *(self.making.slot(event) for event in arm.events))
        ]
        return [
            *parsed(step.within),
            self.tables.put(arms),
            len(step.arms),
            _number(flow, step.nothing),
            step.of_account,
        ]

    def _choose(self, flow: Flow, step: st.Choose) -> list[int]:
        arms = [(self.making.program(arm.when), _number(flow, arm.next)) for arm in step.arms]
        otherwise = step.next if step.otherwise_place is None else step.otherwise
        return [self.tables.put([number for arm in arms for number in arm]), len(arms), _number(flow, otherwise)]

    def _split(self, flow: Flow, step: st.Split) -> list[int]:
        arms = [number for arm in step.arms for number in (arm.share, _number(flow, arm.next))]
        return [self.tables.put(arms), len(step.arms)]

    def _repeat(self, flow: Flow, step: st.Repeat) -> list[int]:
        repeats = [each.id for each in flow.campaign.steps if isinstance(each, st.Repeat)]
        return [
            *parsed(step.every),
            _number(flow, step.body),
            -1 if step.weekday is None else step.weekday,
            -1 if step.at is None else _seconds(step.at),
            k.MISS if step.start is None else day_number(dt.date.fromisoformat(step.start)),
            repeats.index(step.id),
        ]

    def _move(self, flow: Flow, step: st.Move) -> list[int]:
        return [self.names.phase(step.phase)]

    def _stop(self, flow: Flow, step: st.Stop) -> list[int]:
        return []

    def _jump(self, flow: Flow, step: st.Jump) -> list[int]:
        jumps = [each.id for each in flow.campaign.steps if isinstance(each, st.Jump)]
        return [step.times, _number(flow, step.otherwise), jumps.index(step.id)]


def words(step: st.Step) -> list[str]:
    """The words of a step's arrows, in the order of its counters."""
    match step:
        case st.Send():
            return [watching.NEXT, watching.ELSE]
        case st.Task():
            return [watching.NEXT, watching.OVERDUE, *(word for arm in step.arms for word in arm.outcomes)]
        case st.Ask():
            return [watching.NOTHING, *(event for arm in step.arms for event in arm.events)]
        case st.Choose() | st.Split():
            rest = watching.OTHERWISE if isinstance(step, st.Choose) else watching.NEXT
            return [rest, *map(str, range(len(step.arms)))]
        case st.Repeat():
            return [watching.BODY]
        case st.Jump():
            return [watching.AGAIN, watching.ELSE]
        case st.Stop():
            return []
        case st.Show() | st.Notify() | st.Wait() | st.WaitUntil() | st.WaitFor() | st.Move():
            return [watching.NEXT]
        case _:
            assert_never(step)


def _number(flow: Flow, step: str | None) -> int:
    return -1 if step is None else flow.numbers[step]


def _seconds(time: str) -> int:
    found = dt.time.fromisoformat(time)
    return found.hour * 3600 + found.minute * 60 + found.second


def _reentry(reentry: str) -> dict[int, int]:
    if reentry in ("always", "once"):
        return {k.F_REENTRY: k.REENTRY_ALWAYS if reentry == "always" else k.REENTRY_ONCE}
    amount, unit = duration(Duration.parse(reentry))
    return {k.F_REENTRY: k.REENTRY_AFTER, k.F_REENTRY_AMOUNT: amount, k.F_REENTRY_UNIT: unit}
