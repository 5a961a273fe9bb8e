"""Flows of every verb that keep the checker's rules: answers that can come, legal moves, loops with waits.

A flow is written forwards. `goes_on` says whether anything can come behind what was written; labels are jumped back
to only over a wait, and forwards only to the last step.
"""

from __future__ import annotations

import datetime as dt

import attrs
from hypothesis import strategies as st

from gridlang.syntax import nodes as n
from tests.laws.plans_strategy.conditions import conditions
from tests.laws.plans_strategy.making import (
    DOCS,
    arm,
    call,
    compare,
    date,
    flow,
    length,
    money,
    name,
    number,
    ref,
    text,
    time,
)
from tests.laws.plans_strategy.words import Words, some

LENGTHS = st.sampled_from(["30min", "4h", "1d", "3d", "1w", "2w", "1 workday", "4 workdays"])
OPEN_AT = st.sampled_from(["10:00", "11:30"])
"""Every channel is open at these times."""
QUESTIONS = ["Ready?", 'Er det "nu"?', "Hvad så?", "Why not?", "Et hus?", "Mere?"]
DEPTH = 2


@attrs.define(repr=False)
class Writing:
    """A flow while it is written."""

    words: Words
    phases: tuple[str, ...]
    used: set[str] = attrs.field(factory=set)
    """Channels that something before has used, with what they start from."""
    labels: list[str] = attrs.field(factory=list)
    """Steps that a jump may go back to."""
    taken: set[str] = attrs.field(factory=set)
    """Identities of steps."""
    tail: bool = False
    """Whether something jumps to the last step."""
    repeating: bool = False

    def __repr__(self) -> str:
        return "writing"

    def fresh(self) -> n.Name:
        label = f"step_{len(self.taken)}"
        self.taken.add(label)
        return name(label)

    def label(self, draw: st.DrawFn, own: str) -> n.Name | None:
        """A label where the step has no identity of its own, and sometimes where it has."""
        if own in self.taken or draw(st.integers(0, 3)) == 0:
            label = self.fresh()
            if not self.repeating:
                self.labels.append(label.text)
            return label
        self.taken.add(own)
        return None

    def answers(self) -> list[str]:
        """Events that can come here."""
        return [event.name for event in self.words.events if not event.channels or self._raised(event.channels)] + [
            *self.words.derived
        ]

    def _raised(self, channels: tuple[str, ...]) -> bool:
        known = {channel.name: channel for channel in self.words.channels}
        return any(name in self.used or known[name].inbound for name in channels)


@st.composite
def campaign_flow(draw: st.DrawFn, words: Words, phases: tuple[str, ...]) -> n.Flow:
    """A flow that contacts persons."""
    writing = Writing(words, phases)
    steps, goes_on = draw(_steps(writing, 0, draw(st.integers(1, 5))))
    if writing.tail:
        if goes_on:
            steps.append(_wait("2d"))
        last = n.Notify(team=ref(words.teams[0]), text=text("Done"), span=steps[0].span, label=name("tail"))
        steps.append(last)
    return flow(steps)


@st.composite
def mass_flow(draw: st.DrawFn, words: Words) -> n.Flow:
    """A flow of flights on mass media."""
    media = [channel.name for channel in words.channel("mass", "earned")]
    pairs = [(medium, message) for medium in media for message in words.messages]
    steps: list[n.Statement] = []
    for medium, message in draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=3, unique=True)):
        budget = draw(st.sampled_from([None, money(10_000)]))
        steps.append(
            n.Show(channel=ref(medium), message=ref(message), duration=length("3w"), budget=budget, span=_NOWHERE)
        )
    if draw(st.booleans()):
        steps.insert(draw(st.integers(0, len(steps))), _wait(draw(LENGTHS)))
    if draw(st.booleans()):
        steps.append(n.Notify(team=ref(words.teams[0]), text=text('On air: "now"'), span=_NOWHERE))
    return flow(steps)


_NOWHERE = ref("nowhere").span


def _wait(written: str) -> n.Wait:
    return n.Wait(duration=length(written), span=_NOWHERE)


@st.composite
def _steps(draw: st.DrawFn, writing: Writing, depth: int, count: int) -> tuple[list[n.Statement], bool]:
    """Some steps, and whether the flow goes on behind them."""
    steps: list[n.Statement] = []
    for _ in range(count):
        more, goes_on = draw(_one(writing, depth))
        for step in more:
            step.doc = draw(DOCS) if not isinstance(step, n.Jump) else None
        steps += more
        if not goes_on:
            return steps, False
    return steps, True


@st.composite
def _one(draw: st.DrawFn, writing: Writing, depth: int) -> tuple[list[n.Statement], bool]:
    """A step of any verb, or what ends a flow."""
    easy = [_send, _send, _task, _waits, _notify, _run]
    hard = [_ask, _choose, _split] if depth < DEPTH else []
    ending = [_repeat] if depth < DEPTH and not writing.repeating else []
    make = draw(st.sampled_from([*easy, *hard, *ending]))
    made: tuple[list[n.Statement], bool] = draw(make(writing, depth))
    return made


# --- touches and tasks -----------------------------------------------------------------------------------------------


@st.composite
def _send(draw: st.DrawFn, writing: Writing, depth: int) -> tuple[list[n.Statement], bool]:
    words = writing.words
    first = draw(st.sampled_from(words.channel("person", "audience")))
    message = draw(st.sampled_from(words.messages))
    others = [channel for channel in words.channel("person") if channel is not first and first.reach == "person"]
    channels = [first, *(draw(st.lists(st.sampled_from(others), max_size=1)) if others else [])]
    label = writing.label(draw, f"send:{first.name}:{message}")
    for channel in channels:
        writing.used |= set(channel.family)
    skipped = None
    if depth == 0 and not writing.repeating and draw(st.integers(0, 4)) == 0:
        writing.tail, skipped = True, name("tail")
    step = n.Send(
        channels=tuple(ref(channel.name) for channel in channels),
        message=ref(message),
        at=draw(st.none() | OPEN_AT.map(time)),
        duration=length("3w") if first.reach == "audience" else None,
        otherwise=skipped,
        span=_NOWHERE,
        label=label,
        was=draw(st.sampled_from([None, None, None, name(f"old_{label.text}")])) if label else None,
    )
    return [step], True


@st.composite
def _task(draw: st.DrawFn, writing: Writing, depth: int) -> tuple[list[n.Statement], bool]:
    words = writing.words
    channel = draw(st.sampled_from(words.channel("person")))
    message = draw(st.none() | st.sampled_from(words.messages))
    label = writing.label(draw, f"task:{channel.name}:{message}")
    writing.used |= set(channel.family)
    arms: list[n.Arm] = []
    goes_on = True
    if depth < DEPTH and draw(st.booleans()):
        outcomes = draw(some(["reached", "no_answer", "senere", *_separate(writing)], 3)) or ["reached"]
        arms, goes_on = draw(_arms(writing, depth, _alone(words, outcomes), "overdue"))
    step = n.Task(
        channel=ref(channel.name),
        message=ref(message) if message else None,
        team=ref(draw(st.sampled_from(words.teams))),
        due=length(draw(LENGTHS)),
        arms=tuple(arms),
        span=_NOWHERE,
        label=label,
    )
    return [step], goes_on


@st.composite
def _notify(draw: st.DrawFn, writing: Writing, depth: int) -> tuple[list[n.Statement], bool]:
    team = ref(draw(st.sampled_from(writing.words.teams)))
    return [n.Notify(team=team, text=text(draw(st.sampled_from(["Ring!", 'Say "hi"', "æ\nø"]))), span=_NOWHERE)], True


TOLD, ASKED = "told_twice", "asked_after"
"""The reusable flows of every generated plan."""


@st.composite
def reusable_flows(draw: st.DrawFn, words: Words) -> list[n.FlowDeclaration]:
    """One that only tells, with a default; one that asks for an event which it is given."""
    channel, message, event, pause = (ref(parameter) for parameter in ("medium", "what", "answer", "pause"))
    again = n.Send(channels=(channel,), message=message, span=_NOWHERE, label=name("again"), doc=draw(DOCS))
    told = [n.Send(channels=(channel,), message=message, span=_NOWHERE), n.Wait(duration=pause, span=_NOWHERE), again]
    answered = arm([event], [n.Stop(span=_NOWHERE)], braces=draw(st.booleans()))
    silent = arm(
        [ref("nothing")], [_wait("1d"), n.Jump(target=name("again"), span=_NOWHERE)], braces=draw(st.booleans())
    )
    ask = n.Ask(question=text("Any answer?"), within=pause, arms=(answered, silent), span=_NOWHERE)
    typed = {"medium": "Channel", "what": "Message", "answer": "Event", "pause": "Duration"}
    defaults = {"pause": length("2d")}

    def parameters(*names: str) -> tuple[n.Parameter, ...]:
        return tuple(
            n.Parameter(name(each), n.TypeName(name(typed[each]), _NOWHERE), defaults.get(each), _NOWHERE)
            for each in names
        )

    return [
        n.FlowDeclaration(name(TOLD), parameters("medium", "what", "pause"), flow(told), _NOWHERE, _NOWHERE),
        n.FlowDeclaration(
            name(ASKED),
            parameters("medium", "answer", "what", "pause"),
            flow([again, ask]),
            _NOWHERE,
            _NOWHERE,
            doc=draw(DOCS),
        ),
    ]


@st.composite
def _run(draw: st.DrawFn, writing: Writing, depth: int) -> tuple[list[n.Statement], bool]:
    words = writing.words
    channel = draw(st.sampled_from(words.channel("person")))
    given = [("medium", channel.name), ("what", draw(st.sampled_from(words.messages)))]
    answers = [
        event.name
        for event in words.events
        if channel.name in event.channels and not words.leaves(event.name, writing.phases)
    ]
    asked = bool(answers) and draw(st.booleans())
    if asked:
        given.insert(1, ("answer", draw(st.sampled_from(answers))))
    named = draw(st.booleans())
    arguments = [n.Argument(ref(value), _NOWHERE, name(word) if named else None) for word, value in given]
    if draw(st.booleans()):
        arguments.append(n.Argument(length("3d"), _NOWHERE, name("pause")))
    writing.used |= set(channel.family)
    step = n.Run(flow=ref(ASKED if asked else TOLD), arguments=tuple(arguments), span=_NOWHERE, label=writing.fresh())
    return [step], not asked


# --- waiting ---------------------------------------------------------------------------------------------------------


@st.composite
def _waits(draw: st.DrawFn, writing: Writing, depth: int) -> tuple[list[n.Statement], bool]:
    kind = draw(st.integers(0, 3))
    if kind == 1:
        return [_wait(draw(LENGTHS))], True
    if kind == 2:
        answers = writing.answers()
        if answers:
            event = ref(draw(st.sampled_from(answers)))
            role = draw(st.sampled_from([None, ref("target"), ref("user")]))
            return [n.WaitFor(event=event, role=role, within=length(draw(LENGTHS)), span=_NOWHERE)], True
    if kind == 3:
        named = ["tuesday", "friday", *writing.words.days]
        days: list[n.Expression] = [ref(day) for day in named]
        days += [date(dt.date(2027, 2, 8)), *_shifted(writing.words)]
        at = draw(st.none() | OPEN_AT.map(time))
        return [n.WaitUntil(when=draw(st.sampled_from(days)), at=at, span=_NOWHERE)], True
    return draw(_back(writing)) if writing.labels and not writing.repeating else ([_wait("2d")], True)


def _shifted(words: Words) -> list[n.Expression]:
    """Dates of the person's own."""
    days = [attribute.name for attribute in words.attributes if attribute.type == "Date"]
    return [n.Sum("-", ref(day), length("30d"), _NOWHERE) for day in days] + [ref(day) for day in days]


@st.composite
def _back(draw: st.DrawFn, writing: Writing) -> tuple[list[n.Statement], bool]:
    """Wait, and go back to a step, always or a few times."""
    target = name(draw(st.sampled_from(writing.labels)))
    counted = draw(st.booleans())
    if not counted:
        return [_wait(draw(LENGTHS)), n.Jump(target=target, span=_NOWHERE, arrow=True)], False
    last = draw(st.booleans())
    writing.tail = writing.tail or last
    jump = n.Jump(
        target=target,
        times=number(draw(st.integers(1, 3))),
        otherwise=name("tail") if last else None,
        span=_NOWHERE,
        arrow=True,
    )
    return [_wait(draw(LENGTHS)), jump], not last


@st.composite
def _repeat(draw: st.DrawFn, writing: Writing, depth: int) -> tuple[list[n.Statement], bool]:
    """Nothing comes behind a `repeat`; nothing jumps into it or out of it."""
    inside = attrs.evolve(writing, repeating=True, labels=[])
    body, _ = draw(_steps(inside, DEPTH, draw(st.integers(1, 2))))
    weekday = draw(st.none() | st.sampled_from(["monday", "thursday"]).map(name))
    step = n.Repeat(
        every=length(draw(st.sampled_from(["2w", "4w", "1mo"]))),
        body=flow(body),
        weekday=weekday,
        at=time("10:00") if weekday else None,
        start=draw(st.sampled_from([None, date(dt.date(2027, 2, 1))])),
        span=_NOWHERE,
    )
    return [step], False


# --- diamonds --------------------------------------------------------------------------------------------------------


def _separate(writing: Writing) -> list[str]:
    """Answers that leave the phases in no way, or in one way that is open from all of them."""
    ways = set(writing.words.ways(writing.phases))
    leaves = ((answer, writing.words.leaves(answer, writing.phases)) for answer in writing.answers())
    return [answer for answer, targets in leaves if not targets or (len(targets) == 1 and targets <= ways)]


def _alone(words: Words, answers: list[str]) -> list[str]:
    """Those of some answers of which none is also another."""
    kept: list[str] = []
    for answer in answers:
        if not any(answer in words.also(other) or other in words.also(answer) for other in kept):
            kept.append(answer)
    return kept


def _question(draw: st.DrawFn, writing: Writing, verb: str) -> n.Text:
    """A question that this flow has not asked before."""
    free = [words for words in QUESTIONS if f"{verb}:{words}" not in writing.taken]
    question = draw(st.sampled_from(free)) if free else f"Question {len(writing.taken)}?"
    writing.taken.add(f"{verb}:{question}")
    return text(question)


@st.composite
def _ask(draw: st.DrawFn, writing: Writing, depth: int) -> tuple[list[n.Statement], bool]:
    question = _question(draw, writing, "ask")
    answers = _alone(writing.words, draw(some(_separate(writing))))
    arms, goes_on = draw(_arms(writing, depth, answers, "nothing", always=True))
    step = n.Ask(
        question=question,
        within=length(draw(LENGTHS)),
        arms=tuple(arms),
        of_account=draw(st.booleans()),
        span=_NOWHERE,
        label=name(writing.fresh().text) if draw(st.integers(0, 3)) == 0 else None,
    )
    return [step], goes_on


@st.composite
def _arms(
    draw: st.DrawFn, writing: Writing, depth: int, answers: list[str], rest: str, *, always: bool = False
) -> tuple[list[n.Arm], bool]:
    """An arm for each answer, some of two, and one for the rest."""
    arms = []
    plain = [answer for answer in answers if not writing.words.leaves(answer, writing.phases)]
    for answer in answers:
        target = writing.words.leaves(answer, writing.phases)
        if target:
            move = n.Move(phase=ref(target.pop()), span=_NOWHERE)
            arms.append(arm([ref(answer)], [move], braces=draw(st.booleans())))
    asked: list[list[n.Expression]] = []
    while plain:
        asked.append([ref(plain.pop()) for _ in range(min(len(plain), draw(st.sampled_from([1, 1, 2]))))])
    if always or draw(st.booleans()):
        asked.append([ref(rest)])
    more, goes_on = draw(_ways(writing, depth, asked))
    return [*arms, *more], goes_on


@st.composite
def _ways(draw: st.DrawFn, writing: Writing, depth: int, asked: list[list[n.Expression]]) -> tuple[list[n.Arm], bool]:
    """An arm for each; behind them is used what one of those that go on has used."""
    before, gained, arms, on = writing.used, set(writing.used), [], False
    for condition in asked:
        writing.used = set(before)
        made, goes_on = draw(_arm(writing, depth, condition))
        arms.append(made)
        if goes_on:
            on, gained = True, gained | writing.used
    writing.used = gained
    return arms, on


@st.composite
def _arm(draw: st.DrawFn, writing: Writing, depth: int, asked: list[n.Expression]) -> tuple[n.Arm, bool]:
    """An arm: steps, or a way to go."""
    steps, goes_on = draw(_steps(writing, depth + 1, draw(st.sampled_from([0, 1, 1, 2]))))
    if goes_on and (not steps or draw(st.booleans())):
        steps, goes_on = [*steps, *draw(_end(writing))], False
    braces = bool(steps) and not isinstance(steps[0], n.Jump) and draw(st.booleans())
    made = arm(asked, steps, braces=braces)
    made.doc = draw(DOCS)
    return made, goes_on


@st.composite
def _end(draw: st.DrawFn, writing: Writing) -> list[n.Statement]:
    """What ends an arm: a move, a stop, or a way to the last step."""
    ways = writing.words.ways(writing.phases)
    kind = draw(st.sampled_from(["stop", "tail", *["move"] * bool(ways)]))
    if kind == "move":
        return [n.Move(phase=ref(draw(st.sampled_from(ways))), span=_NOWHERE)]
    if kind == "stop" or writing.repeating:
        return [n.Stop(span=_NOWHERE)]
    writing.tail = True
    return [n.Jump(target=name("tail"), span=_NOWHERE)]


@st.composite
def _choose(draw: st.DrawFn, writing: Writing, depth: int) -> tuple[list[n.Statement], bool]:
    words = writing.words
    question = _question(draw, writing, "choose")
    kinds = [attribute for attribute in words.attributes if attribute.type == "OneOf" and not attribute.optional]
    asked: list[n.Expression]
    whole = False
    if kinds and draw(st.booleans()):
        kind = draw(st.sampled_from(kinds))
        whole = draw(st.booleans())
        options = kind.options if whole else kind.options[:-1]
        asked = [compare(ref(kind.name), "==", text(option)) for option in options]
    else:
        asked = [draw(conditions(words))]
    asked += [] if whole else [ref("otherwise")]
    arms, goes_on = draw(_ways(writing, depth, [[condition] for condition in asked]))
    return [n.Choose(question=question, arms=tuple(arms), span=_NOWHERE)], goes_on


@st.composite
def _split(draw: st.DrawFn, writing: Writing, depth: int) -> tuple[list[n.Statement], bool]:
    question = _question(draw, writing, "split")
    shares = draw(st.sampled_from([(50, 50), (10, 90), (33, 33, 34), (100,)]))
    arms, goes_on = draw(_ways(writing, depth, [[number(share, percent=True)] for share in shares]))
    return [n.Split(question=question, arms=tuple(arms), span=_NOWHERE)], goes_on


__all__ = ["call", "campaign_flow", "mass_flow"]
