"""From a campaign's flow to a process: every step becomes an element or a few, every arrow at least one of BPMN's.

Names of variables: `STEP_outcome` what a task gave, `STEP_answer` the arm of a choice or share that somebody else works
out, `STEP_sent` whether a touch was made, `STEP_times` how often a counted arrow was taken (R22), `STEP_until` the
moment a wait ends; `left` becomes true when the person has left the cell, which ends what goes round for ever (R4).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, assert_never

import attrs

from gridlang.schedule.model import Campaign
from gridlang.schedule.steps import (
    Ask,
    Choose,
    EventArm,
    Jump,
    Move,
    Notify,
    OutcomeArm,
    PredicateArm,
    Repeat,
    Send,
    ShareArm,
    Show,
    Split,
    Step,
    Stop,
    Task,
    Wait,
    WaitFor,
    WaitUntil,
)
from gridlang.targets.bpmn.expressions import python
from gridlang.targets.bpmn.graph import Element, Flow, Kind
from gridlang.targets.bpmn.naming import Ids, plain
from gridlang.targets.bpmn.timers import iso
from gridlang.targets.views import flow as views
from gridlang.targets.words import steps as said
from gridlang.targets.words.names import Names

_START = "enters"


@attrs.define
class Lowering:
    """Gathers the elements and flows of one campaign."""

    names: Names
    campaign: Campaign
    elements: list[Element] = attrs.field(factory=list)
    flows: list[Flow] = attrs.field(factory=list)
    variables: dict[str, str] = attrs.field(factory=dict)
    _graph: views.Flow = attrs.field(init=False)
    _steps: dict[str, Step] = attrs.field(init=False)
    _ids: Ids = attrs.field(factory=Ids)
    _entries: dict[str, str] = attrs.field(factory=dict)
    _jumps: dict[str, list[str]] = attrs.field(factory=dict)

    def run(self) -> None:
        """Lower the whole campaign."""
        graph = self._graph = views.flow(self.campaign)
        self._steps = {step.id: step for step in self.campaign.steps}
        for step in self.campaign.steps:
            if isinstance(step, Jump) and step.next is not None:
                self._jumps.setdefault(step.next, []).append(step.id)
        for node in graph.nodes:
            if not isinstance(node, views.Start | views.End):
                self._enter(node)
        self._entries[views.START] = _START
        for arrow in graph.arrows:
            for meaning in arrow.meanings:
                self._arrow(arrow, meaning)
        self._ends()
        self._start()

    # --- elements -----------------------------------------------------------------------------------------------------

    def add(self, kind: Kind, wanted: str, name: str, step: Step | None = None, **more: Any) -> str:
        """A new element; its id."""
        id = self._ids(wanted)
        place = step.place if step is not None else self.campaign.place
        doc = (step.doc if step is not None else self.campaign.doc) or ""
        made = {"place": place, "step": step.id if step is not None else "", "doc": doc, **more}
        self.elements.append(Element(id=id, kind=kind, name=name, **made))
        return id

    def connect(self, source: str, target: str, name: str = "", condition: str = "", **more: Any) -> None:
        """A new flow."""
        self.flows.append(
            Flow(
                id=self._ids(f"f_{source}__{target}"),
                source=source,
                target=target,
                name=name,
                condition=condition,
                **more,
            )
        )

    def _start(self) -> None:
        """The start, with the variables that conditions look at before anybody has filled them in."""
        arrows, self.flows = self.flows, []
        elements, self.elements = self.elements, []
        start = self.add("startEvent", "enters", said.starts(self.names, self.campaign))
        if self.variables:
            script = "\n".join(f"{name} = {value}" for name, value in self.variables.items())
            begins = self.add("scriptTask", "begins", self.names.words.say("Start"), script=script)
            self.connect(start, begins)
            start = begins
        self.elements += elements
        self.flows += (attrs.evolve(flow, source=start) if flow.source == _START else flow for flow in arrows)

    def _enter(self, step: Step) -> None:
        """Make the element by which a step is entered."""
        id, title = plain(step.id), self._title(step)
        match step:
            case Send() | Show() | Notify() | Task():
                entry = self._work(step, id, title)
            case Wait():
                entry = self.add("timerCatch", id, title, step, script=iso(step.duration))
            case WaitUntil():
                entry = self._worked_out(step, id, title)
            case WaitFor() | Ask():
                entry = self.add("eventBasedGateway", id, title, step)
            case Choose() | Split():
                entry = self._choice(step, id, title)
            case Repeat():
                entry = self._series(step, id, title)
            case Move() | Stop():
                entry = self.add("endEvent", id, title, step)
            case Jump():
                entry = self.add("scriptTask", id, title, step, script=self._count(step))
                self.variables[f"{id}_times"] = "0"
            case _:
                assert_never(step)
        self._entries[step.id] = entry

    def _work(self, step: Send | Show | Notify | Task, id: str, title: str) -> str:
        """What somebody gets or does."""
        if isinstance(step, Task):
            self.variables[f"{id}_outcome"] = '""'
            return self.add("userTask", id, title, step, lane=step.team)
        if isinstance(step, Send) and step.skipped is not None:
            self.variables[f"{id}_sent"] = "True"
        message = f"notify {step.team}" if isinstance(step, Notify) else f"{step.verb} {step.message}"
        return self.add("sendTask", id, title, step, message=message)

    def _title(self, step: Step) -> str:
        title = said.title(self.names, step)
        if isinstance(step, Move):
            return f"{self.names.words.say('Move')}: {title}"
        if isinstance(step, Jump):
            return title if step.label is None else f"{step.label}: {title}"
        return title

    def _worked_out(self, step: WaitUntil, id: str, title: str) -> str:
        """A moment that the plan's calendar knows: somebody works it out, then a timer waits for it."""
        entry = self.add("serviceTask", id, title, step)
        timer = self.add("timerCatch", f"{id}__timer", title, step, script=f"{id}_until", moment=True)
        self.connect(entry, timer)
        return entry

    def _choice(self, step: Choose | Split, id: str, title: str) -> str:
        """A diamond that is decided at once; what no attribute can answer is asked for first."""
        known = isinstance(step, Choose) and all(python(arm.when) is not None for arm in step.arms)
        if known:
            return self.add("exclusiveGateway", id, title, step)
        entry = self.add("serviceTask", id, title, step)
        gateway = self.add("exclusiveGateway", f"{id}__gate", "", step)
        self.connect(entry, gateway)
        return entry

    def _series(self, step: Repeat, id: str, title: str) -> str:
        """R22a: the body at once, or first the wait for the first date of a series; `__turn` waits for the next one."""
        self.add("timerCatch", f"{id}__turn", title, step, script=iso(step.every))
        if step.start is None and step.weekday is None and step.at is None:
            return self.add("exclusiveGateway", id, title, step)
        entry = self.add("serviceTask", id, title, step)
        timer = self.add("timerCatch", f"{id}__first", title, step, script=f"{id}_until", moment=True)
        self.connect(entry, timer)
        return entry

    def _count(self, step: Jump) -> str:
        """R22: counts; a jump that is taken starts the other counted arrows to its step again."""
        id = plain(step.id)
        others = [each for each in self._jumps.get(step.next or "", ()) if each != step.id]
        taken = [f"{id}_times = {id}_times + 1", *(f"{plain(each)}_times = 0" for each in others)]
        return "\n".join(
            [f"{id}_again = {id}_times < {step.times}", f"if {id}_again:", *(f"    {line}" for line in taken)]
        )

    # --- arrows -------------------------------------------------------------------------------------------------------

    def _arrow(self, arrow: views.Arrow, meaning: views.Meaning) -> None:
        """One arm of one arrow."""
        step = self._steps.get(arrow.source)
        name = said.meaning(self.names, meaning)
        for source, condition, place in self._ports(step, meaning):
            if step is not None and arrow.back and isinstance(meaning, views.Then) and self._goes_round(arrow):
                source = self._while_here(source, step)
            target = self._target(arrow, meaning, step)
            label = "" if source.endswith(("__timer", "__on")) else name
            self.connect(source, target, label, condition, back=arrow.back, place=place)

    def _goes_round(self, arrow: views.Arrow) -> bool:
        """Whether an arrow back is part of a circle, and not only the way to something written above."""
        onward = {arrow.target}
        for _ in self.campaign.steps:
            onward |= {each.target for each in self._graph.arrows if each.source in onward}
        return arrow.source in onward

    def _target(self, arrow: views.Arrow, meaning: views.Meaning, step: Step | None) -> str:
        """Where an arrow leads: to a step, to its next turn, to an end of its own."""
        if isinstance(meaning, views.Again):
            return f"{plain(arrow.target)}__turn"
        if arrow.target not in self._entries:
            return self.add("endEvent", f"{plain(arrow.source)}__end", self.names.words.say("End"), step)
        entry = self._entries[arrow.target]
        jumps = self._jumps.get(arrow.target)
        if not jumps or (isinstance(step, Jump) and isinstance(meaning, views.Times)):
            return entry
        return self._reset(arrow.target, entry, jumps)

    def _reset(self, step: str, entry: str, jumps: list[str]) -> str:
        """R22: entered by an arrow that is not counted, the counted arrows to a step start again."""
        reset = f"{plain(step)}__anew"
        if not any(each.id == reset for each in self.elements):
            script = "\n".join(f"{plain(jump)}_times = 0" for jump in jumps)
            target = self._steps[step]
            self.add("scriptTask", reset, self.names.words.say("Count from zero"), target, script=script)
            self.connect(reset, entry)
        return reset

    def _ports(self, step: Step | None, meaning: views.Meaning) -> Iterator[tuple[str, str, int | None]]:
        """Where the arrow of a meaning leaves: the element, the condition, the place of the arm."""
        if step is None:
            yield self._entries[views.START], "", None
            return
        id = plain(step.id)
        match meaning:
            case EventArm():
                yield from self._caught(step, meaning)
            case views.Nothing() | views.Overdue():
                yield self._timer(step, meaning), "", None
            case OutcomeArm():
                yield self._gate(step), _any_of(f"{id}_outcome", meaning.outcomes), meaning.place
            case PredicateArm() | ShareArm():
                yield self._gate(step), self._arm(step, meaning), meaning.place
            case views.Skipped() if isinstance(step, Send):
                yield self._gate(step), f"not {id}_sent", None
            case views.Times():
                yield self._gate(step), f"{id}_again", None
            case views.Then() if isinstance(step, WaitFor):
                yield from self._waited(step)
            case views.Turn() if isinstance(step, Repeat):
                yield self._while_here(f"{id}__turn", step), "", None
                first = f"{id}__first"
                yield (first if any(each.id == first for each in self.elements) else id), "", None
            case _:
                yield self._main(step), "", None

    def _while_here(self, source: str, step: Step) -> str:
        """R4: behind `source` it goes round until the person leaves the cell."""
        self.variables["left"] = "False"
        gate = self.add("exclusiveGateway", f"{source}__here", self.names.words.say("Still belongs here?"), step)
        end = self.add("endEvent", f"{source}__left", self.names.words.say("End"), step)
        self.connect(source, gate)
        self.connect(gate, end, condition="left")
        return gate

    def _main(self, step: Step) -> str:
        """The element behind which a step goes on when nothing special happened."""
        if isinstance(step, Choose | Split | Jump) or (isinstance(step, Task) and (step.arms or step.has_overdue)):
            return self._gate(step)
        if isinstance(step, Send) and step.skipped is not None:
            return self._gate(step)
        return f"{plain(step.id)}__timer" if isinstance(step, WaitUntil) else plain(step.id)

    def _gate(self, step: Step) -> str:
        """The exclusive gateway behind a step, made when it is first asked for."""
        id = plain(step.id)
        if isinstance(step, Choose | Split) and not any(each.id == f"{id}__gate" for each in self.elements):
            return id
        gate = f"{id}__gate"
        if not any(each.id == gate for each in self.elements):
            self.add("exclusiveGateway", gate, "", step)
            self.connect(id, gate)
        return gate

    def _arm(self, step: Step, meaning: PredicateArm | ShareArm) -> str:
        assert isinstance(step, Choose | Split)
        id, number = plain(step.id), step.arms.index(meaning)
        if isinstance(meaning, PredicateArm) and not any(each.id == f"{id}__gate" for each in self.elements):
            return python(meaning.when) or "False"
        # The last share has no condition: whatever is left over is its.
        is_last = isinstance(meaning, ShareArm) and number == len(step.arms) - 1
        return "" if is_last else f"{id}_answer == {number}"

    def _caught(self, step: Step, arm: EventArm) -> Iterator[tuple[str, str, int | None]]:
        """A message for each event that takes the arm: those it names and those that start from them, unless an arm
        before has them (R19)."""
        assert isinstance(step, Ask)
        before = {event for other in step.arms[: step.arms.index(arm)] for event in self._also(other.events)}
        for event in self._also(arm.events):
            if event not in before:
                yield self._message(step, event), "", arm.place

    def _message(self, step: Step, event: str) -> str:
        id = plain(step.id)
        made = self.add("messageCatch", f"{id}__{plain(event)}__on", self.names.event(event), step, message=event)
        self.connect(id, made)
        return made

    def _waited(self, step: WaitFor) -> Iterator[tuple[str, str, int | None]]:
        """`wait for`: the event, or the end of its time; both go on alike."""
        for event in self._also((step.event,)):
            yield self._message(step, event), "", None
        yield self._timer(step, views.Nothing()), "", None

    def _timer(self, step: Step, meaning: views.Nothing | views.Overdue) -> str:
        id, name = plain(step.id), said.meaning(self.names, meaning)
        if isinstance(step, Task):
            due = iso(step.due)
            return self.add("timerBoundary", f"{id}__overdue", name, step, script=due, at=id, lane=step.team)
        assert isinstance(step, Ask | WaitFor)
        timer = self.add("timerCatch", f"{id}__timer", name, step, script=iso(step.within))
        self.connect(id, timer)
        return timer

    def _also(self, events: tuple[str, ...]) -> list[str]:
        """The events of those names and all that start from them, in order of declaration."""
        every = self.names.schedule.events
        return [each.name for each in every if each.name in events or set(events) & set(each.ancestors)]

    # --- ends ---------------------------------------------------------------------------------------------------------

    def _ends(self) -> None:
        """Every gateway has a way out when no condition holds; every element but an end leads somewhere."""
        for element in list(self.elements):
            if element.kind == "endEvent":
                continue
            out = [flow for flow in self.flows if flow.source == element.id]
            gateway = element.kind == "exclusiveGateway"
            if not out or (gateway and all(flow.condition for flow in out)):
                step = self._steps.get(element.step)
                name = self.names.words.say("otherwise") if gateway else ""
                end = self.add("endEvent", f"{element.id}__end", self.names.words.say("End"), step)
                self.connect(element.id, end, name)


def _any_of(variable: str, values: tuple[str, ...]) -> str:
    """A condition that a variable has one of these values."""
    return f"{variable} == {values[0]!r}" if len(values) == 1 else f"{variable} in {values!r}"
