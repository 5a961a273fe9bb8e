"""A process engine as a witness: SpiffWorkflow (LGPL, so for tests only) runs the BPMN that we write, as it stands.

The engine gets the answers that a run of the reference interpreter got: the event that came or the end of the wait, the
outcome of a task, what a service works out. Which way it goes then is its own affair. Its clock is ours: nothing waits.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import attrs
import pytest

from gridlang.schedule.model import Schedule
from gridlang.targets.bpmn import TARGET
from gridlang.targets.bpmn.losses import Told
from gridlang.targets.bpmn.process import process

TRACE = "{urn:gridlang:trace}source"
MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


@attrs.frozen
class Answer:
    """What happened when a run left a step: the word of the arrow, the event that came (if one did), and the attributes
    that a choice looked at."""

    step: str
    word: str
    event: str | None = None
    seen: tuple[tuple[str, str, Any], ...] = ()


class Clock(dt.datetime):
    """The engine's clock; `ahead` puts it on."""

    shift = dt.timedelta()

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
        return dt.datetime(2027, 1, 4, tzinfo=tz) + cls.shift

    @classmethod
    def ahead(cls) -> None:
        """Further than any wait of a plan."""
        cls.shift += dt.timedelta(days=1000)


@attrs.define
class Engine:
    """A process as the engine understood it; `steps` is the step of each element that enters one."""

    spec: Any
    steps: dict[str, str]
    kinds: dict[str, str]
    messages: dict[str, str]

    @classmethod
    def of(cls, content: bytes) -> Engine:
        """Read a file; it is validated by the schema that comes with the engine."""
        from lxml import etree
        from SpiffWorkflow.bpmn.parser import BpmnParser
        from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnValidator, full_tag
        from SpiffWorkflow.bpmn.parser.event_parsers import SendTaskParser
        from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
        from SpiffWorkflow.bpmn.specs.defaults import SendTask, ServiceTask

        class Service(ServiceTask):  # type: ignore[misc]
            def _execute(self, task: Any) -> bool:
                task.data.update(task.workflow.top_workflow.data["player"].work_out(self.bpmn_id))
                return True

        class Sender(SendTask):  # type: ignore[misc]
            def _run_hook(self, task: Any) -> Any:
                task.data.update(task.workflow.top_workflow.data["player"].sent(self.bpmn_id))
                return super()._run_hook(task)

        class Parser(BpmnParser):  # type: ignore[misc]
            OVERRIDE_PARSER_CLASSES: ClassVar[dict[str, Any]] = {
                full_tag("serviceTask"): (TaskParser, Service),
                full_tag("sendTask"): (SendTaskParser, Sender),
            }

        root = etree.fromstring(content)
        parser = Parser(validator=BpmnValidator())
        parser.add_bpmn_xml(root)
        (process,) = parser.get_process_ids()
        return cls(parser.get_spec(process), *_elements(root))


def _elements(root: Any) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Of each element: its step, if it is the one that enters it; its tag; the message it catches."""
    names = {message.get("id"): message.get("name") for message in root.iter(f"{MODEL}message")}
    steps, kinds, messages = {}, {}, {}
    for element in root.find(f"{MODEL}process"):
        source = element.find(f"{MODEL}extensionElements/{TRACE}")
        kinds[element.get("id")] = element.tag.removeprefix(MODEL)
        if source is not None and source.get("step") and "__" not in element.get("id"):
            steps[element.get("id")] = source.get("step")
        for event in element.iter(f"{MODEL}messageEventDefinition"):
            messages[element.get("id")] = names[event.get("messageRef")]
    return steps, kinds, messages


class StuckError(AssertionError):
    """The engine waits for something that the answers do not hold."""


@attrs.define
class Player:
    """Plays one run: `entered` are the steps that the engine entered, in order."""

    engine: Engine
    answers: list[Answer]
    entered: list[str] = attrs.field(factory=list)
    _workflow: Any = None
    _noted: set[Any] = attrs.field(factory=set)

    def play(self) -> Player:
        """Until the answers are used up, or the engine has come to its end."""
        from SpiffWorkflow.bpmn import BpmnWorkflow

        Clock.shift = dt.timedelta()
        person = {name: value for each in self.answers for owner, name, value in each.seen if owner == "person"}
        account = {name: value for each in self.answers for owner, name, value in each.seen if owner == "account"}
        self._workflow = BpmnWorkflow(self.engine.spec)
        self._workflow.data["player"] = self
        self._workflow.get_next_task().data.update(person=person, account=account)
        for _ in range(10_000):
            self._workflow.do_engine_steps(did_complete_task=self._completed)
            if self.is_over or len(self.entered) > len(self.answers):
                return self
            self._answer()
        raise StuckError("it goes round and round")

    @property
    def is_over(self) -> bool:
        """Whether the process has come to an end of its own."""
        return bool(self._workflow.is_completed())

    @property
    def now(self) -> Answer:
        """The answer to the step that was entered last."""
        if not self.entered or len(self.entered) > len(self.answers):
            raise StuckError(f"no answer to {self.entered[-1:]}")
        answer = self.answers[len(self.entered) - 1]
        if answer.step != self.entered[-1]:
            raise StuckError(f"the engine is at {self.entered[-1]}, the run was at {answer.step}")
        return answer

    def work_out(self, element: str) -> dict[str, Any]:
        """What a service is asked for: the arm of a choice or a share, the moment a wait ends."""
        self._enter(element)
        word = "0" if len(self.entered) > len(self.answers) else self.now.word
        arm = int(word) if word.isdigit() else -1
        return {f"{element}_answer": arm, f"{element}_until": Clock.now(dt.UTC).isoformat()}

    def sent(self, element: str) -> dict[str, Any]:
        """Whether a touch was made."""
        self._enter(element)
        return {f"{element}_sent": len(self.entered) > len(self.answers) or self.now.word != "else"}

    def _enter(self, element: str) -> None:
        if element in self.engine.steps:
            self.entered.append(self.engine.steps[element])

    def _completed(self, task: Any) -> None:
        kind = self.engine.kinds.get(task.task_spec.bpmn_id)
        if kind not in ("serviceTask", "sendTask", "userTask", "intermediateCatchEvent", "eventBasedGateway"):
            self._enter(task.task_spec.bpmn_id)

    def _waiting(self) -> Iterator[Any]:
        from SpiffWorkflow import TaskState

        found = self._workflow.get_tasks(state=TaskState.READY | TaskState.WAITING)
        return (task for task in found if task.task_spec.bpmn_id in self.engine.kinds)

    def _answer(self) -> None:
        """Give what is waited for: an outcome, an event, or time."""
        tasks = list(self._waiting())
        for task in tasks:
            if self.engine.kinds[task.task_spec.bpmn_id] == "userTask":
                return self._do(task)
        step = next(filter(None, map(self._waits_at, tasks)), None)
        if step is not None:
            self.entered.append(step)
        if len(self.entered) > len(self.answers):
            return None
        asked = any(self.engine.kinds[task.task_spec.bpmn_id] == "eventBasedGateway" for task in tasks)
        if asked and self.now.event is not None:
            return self._happens(self.now.event)
        return self._wait()

    def _waits_at(self, task: Any) -> str | None:
        """The step that is entered by waiting: a `wait`, or the gateway before an event."""
        id = task.task_spec.bpmn_id
        waits = self.engine.kinds[id] in ("intermediateCatchEvent", "eventBasedGateway")
        if not waits or id not in self.engine.steps or task.id in self._noted:
            return None
        self._noted.add(task.id)
        return self.engine.steps[id]

    def _do(self, task: Any) -> None:
        id = task.task_spec.bpmn_id
        self._enter(id)
        if len(self.entered) > len(self.answers):
            return
        word = self.now.word
        if word == "overdue":
            self._wait()
            return
        task.data[f"{id}_outcome"] = "" if word == "next" else word
        task.run()

    def _happens(self, event: str) -> None:
        from SpiffWorkflow.bpmn import BpmnEvent
        from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition

        self._workflow.catch(BpmnEvent(MessageEventDefinition(event), {}))

    def _wait(self) -> None:
        Clock.ahead()
        self._workflow.refresh_timers()


def clocked(patch: pytest.MonkeyPatch) -> None:
    """Put the engine's timers on our clock."""
    from SpiffWorkflow.bpmn.specs.event_definitions import timer

    patch.setattr(timer, "datetime", Clock)


@attrs.define
class Processes:
    """The processes of a plan, ready to run."""

    engines: dict[str, Engine]
    looks_at: dict[tuple[str, str], list[tuple[str, str]]]
    """By campaign and step: the attributes that conditions look at."""

    @classmethod
    def of(cls, schedule: Schedule) -> Processes:
        told, engines, looks_at = Told.of(schedule), {}, {}
        files = {file.path: file.content for file in TARGET.files(schedule).value}
        for campaign in schedule.campaigns:
            made = process(told, campaign)
            engines[campaign.name] = Engine.of(files[f"bpmn/{made.id}.bpmn"])
            for element in made.elements:
                conditions = [flow.condition for flow in made.flows if flow.source == element.id]
                if found := looked_at(conditions):
                    looks_at[campaign.name, element.step] = found
        return cls(engines, looks_at)

    def check(self, execute: Callable[[], object]) -> list[Witnessed]:
        """Execute by the reference, and have the engine go every way that a run of it went; the ways."""
        with pytest.MonkeyPatch.context() as patch:
            clocked(patch)
            recorder = Recorder(self.looks_at)
            recorder.attach(patch)
            execute()
            ways = {(run.campaign, tuple(run.answers), run.ended): run for run in recorder.runs}
            for run in ways.values():
                self._go(run)
        return list(ways.values())

    def _go(self, run: Witnessed) -> None:
        player = Player(self.engines[run.campaign], run.answers).play()
        steps = [answer.step for answer in run.answers]
        assert player.entered[: len(steps)] == steps, run.campaign
        assert player.is_over or not run.ended, f"{run.campaign}: the run came to its end, the process did not"


# --- what the reference interpreter was given ------------------------------------------------------------------------


@attrs.define
class Witnessed:
    """A run of the reference interpreter, step by step; `ended`: by itself, not because it left the cell."""

    campaign: str
    answers: list[Answer] = attrs.field(factory=list)
    ended: bool = False


@attrs.define
class Recorder:
    """Notes every run of the reference while it executes."""

    used: dict[tuple[str, str], list[tuple[str, str]]]
    """By campaign and step: the attributes (owner, name) that its predicates look at in BPMN."""
    runs: list[Witnessed] = attrs.field(factory=list)
    _known: dict[int, tuple[Any, Witnessed]] = attrs.field(factory=dict)
    _event: str | None = None

    def attach(self, patch: pytest.MonkeyPatch) -> None:
        from gridlang.runtime.reference import acting, flows

        took, end, begin, first = flows.took, flows.end, flows.begin_repeat, acting._first_answer

        def noted_took(world: Any, run: Any, word: str) -> None:
            self._took(run, word)
            took(world, run, word)

        def noted_begin(world: Any, run: Any, step: Any, now: int) -> None:
            self._took(run, "body")
            begin(world, run, step, now)

        def noted_end(world: Any, run: Any, now: int, *, left: bool = False) -> None:
            self._of(run).ended = not left
            end(world, run, now, left=left)

        def noted_answer(*arguments: Any) -> Any:
            found = first(*arguments)
            self._event = found[1].names[0] if found is not None else None
            return found

        patch.setattr(flows, "took", noted_took)
        patch.setattr(flows, "end", noted_end)
        patch.setattr(flows, "begin_repeat", noted_begin)
        patch.setattr(acting, "_first_answer", noted_answer)

    def _of(self, run: Any) -> Witnessed:
        if id(run) not in self._known:
            self._known[id(run)] = (run, Witnessed(run.flow.campaign.name))
            self.runs.append(self._known[id(run)][1])
        return self._known[id(run)][1]

    def _took(self, run: Any, word: str) -> None:
        asks = run.step.verb in ("ask", "wait_for")
        event = None if not asks or word == "nothing" else self._event or (word if run.step.verb == "ask" else None)
        looked_at = self.used.get((run.flow.campaign.name, run.step.id), [])
        seen = tuple((owner, name, _plain(run, owner, name)) for owner, name in looked_at)
        self._of(run).answers.append(Answer(run.step.id, word, event, seen))
        self._event = None


def _plain(run: Any, owner: str, name: str) -> Any:
    """An attribute as a process has it."""
    holder = run.person.account if owner == "account" else run.person
    value = holder.attributes.get(name)
    value = getattr(value, "amount", value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def looked_at(expressions: list[str]) -> list[tuple[str, str]]:
    """The attributes in expressions of ours."""
    found = re.findall(r"\b(person|account)\.get\('(\w+)'\)", " ".join(expressions))
    return list(dict.fromkeys(found))
