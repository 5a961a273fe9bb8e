"""Steps, chains and arms."""

from __future__ import annotations

import datetime as dt

import pytest

from gridlang.quantities import Duration
from gridlang.syntax import nodes as n
from tests.unit.syntax.reading import finding, step, steps, words


def test_send() -> None:
    send = step("send email or letter meeting_invite at 09:00 for 30d else pool")
    assert (words(send.channels), words(send.message)) == ("email, letter", "meeting_invite")
    assert (send.at.value, send.duration.value, send.otherwise.text) == (dt.time(9), Duration(30, "d"), "pool")
    assert step('send email "Hej Per"').message.value == "Hej Per"
    assert step("send email welcome else pool at 09:00").at.value == dt.time(9)


def test_show() -> None:
    show = step("show tv dream_film for 3w budget 600_000 DKK")
    assert (words(show.channel), words(show.message)) == ("tv", "dream_film")
    assert (show.duration.value, show.budget.value.currency) == (Duration(3, "w"), "DKK")
    assert step("show tv film").duration is None


def test_task() -> None:
    task = step("task phone book_meeting by sales_desk due 2 workdays { booked -> move sale  overdue -> stop }")
    assert (words(task.channel), words(task.message), words(task.team)) == ("phone", "book_meeting", "sales_desk")
    assert (task.due.value, len(task.arms)) == (Duration(2, "workdays"), 2)
    bare = step("task phone")
    assert (bare.message, bare.team, bare.due, bare.arms) == (None, None, None, ())
    assert step("task phone due 2d by sales_desk").team is not None
    assert step("task phone by sales_desk").message is None


def test_waits() -> None:
    assert step("wait 2 workdays").duration.value == Duration(2, "workdays")
    friday = step("wait until friday at 09:00")
    assert (type(friday), words(friday.when), friday.at.value) == (n.WaitUntil, "friday", dt.time(9))
    assert type(step("wait until lease_ends - 120d").when) is n.Sum
    clicked = step("wait for clicked of target within 5d")
    assert (words(clicked.event), words(clicked.role), clicked.within.value) == ("clicked", "target", Duration(5, "d"))
    assert step("wait for clicked").within is None


def test_diamonds() -> None:
    ask = step('ask of account "Klar?" within 5d { replied, clicked -> move sale  nothing -> stop }')
    assert (ask.question.value, ask.within.value, ask.of_account) == ("Klar?", Duration(5, "d"), True)
    assert [words(arm.conditions) for arm in ask.arms] == ["replied, clicked", "nothing"]
    plain = step("ask { replied -> stop }")
    assert (plain.question, plain.within, plain.of_account) == (None, None, False)
    choose = step('choose "Gammel?" { has(car) and age(car) > 10y -> stop  otherwise -> send email news }')
    assert [type(arm.conditions[0]) for arm in choose.arms] == [n.Logic, n.Reference]
    split = step('split "Brev?" { 50% -> send email news  50% -> send letter news }')
    assert [arm.conditions[0].percent for arm in split.arms] == [True, True]


def test_repeat_move_stop_notify_run() -> None:
    repeat = step("repeat every 2w on tuesday at 10:00 from 2027-03-02 { send email news }")
    assert (repeat.every.value, repeat.weekday.text, repeat.at.value) == (Duration(2, "w"), "tuesday", dt.time(10))
    assert (repeat.start.value, len(repeat.body.steps)) == (dt.date(2027, 3, 2), 1)
    assert words(step("move sale").phase) == "sale"
    assert type(step("stop")) is n.Stop
    notify = step('notify sales_desk "Ring til ham"')
    assert (words(notify.team), notify.text.value) == ("sales_desk", "Ring til ham")
    run = step("run reminder(3d, who: target)")
    assert (words(run.flow), len(run.arguments), run.arguments[1].name.text) == ("reminder", 2, "who")
    assert step("run reminder").arguments == ()


def test_steps_need_no_lines() -> None:
    found = steps("wait 2d send email x wait until friday task phone stop move sale again: send sms y")
    assert [type(one).__name__ for one in found] == [
        "Wait", "Send", "WaitUntil", "Task", "Stop", "Move", "Send",
    ]  # fmt: skip


def test_chains_are_flat() -> None:
    first, second, third = steps("pool: wait 60d -> send email x -> invite")
    assert [one.arrow for one in (first, second, third)] == [False, True, True]
    assert (first.label.text, type(third), third.target.text) == ("pool", n.Jump, "invite")
    assert first.span.text == "pool: wait 60d"


def test_jumps() -> None:
    _, jump = steps("wait 1d -> call max 3 times else pool")
    assert (jump.target.text, jump.times.value, jump.otherwise.text) == ("call", 3, "pool")
    assert jump.span.text == "call max 3 times else pool"


def test_labels_and_former_names() -> None:
    called = step("call: was: ring task phone by desk due 1d")
    assert (called.label.text, called.was.text) == ("call", "ring")
    assert step("was: ring send email x").label is None
    assert step("was: ring send email x").was.text == "ring"


def test_a_step_that_had_no_label_is_named_in_quotes() -> None:
    told = step('was: "ask:\\"Ready\\" or/not?" send email x')
    assert told.was.text == 'ask:"Ready" or/not?'
    assert told.span.text.startswith("was: ")


@pytest.mark.parametrize("label", ["send", "wait", "at", "was_here", "ask", "stop"])
def test_verbs_are_labels_too(label: str) -> None:
    assert step(f"{label}: send email x").label.text == label


def test_arms() -> None:
    task = step("task phone { no_answer -> wait 2d -> call max 3 times else pool  lost -> { wait 1d send email x } }")
    chain, block = task.arms
    assert [type(one).__name__ for one in chain.flow.steps] == ["Wait", "Jump"]
    assert ([one.arrow for one in chain.flow.steps], chain.braces) == ([True, True], False)
    assert ([one.arrow for one in block.flow.steps], block.braces) == ([False, False], True)
    assert chain.span.text == "no_answer -> wait 2d -> call max 3 times else pool"


def test_an_arm_may_be_called_like_a_verb() -> None:
    ask = step("ask { clicked -> send email x  stop -> move sale  wait -> stop }")
    assert [words(arm.conditions) for arm in ask.arms] == ["clicked", "stop", "wait"]


def test_diamonds_stand_in_arms() -> None:
    outer = step('ask "A" within 2d { a -> choose "B" { b -> stop otherwise -> c } nothing -> stop }')
    inner = outer.arms[0].flow.steps[0]
    assert (type(inner), len(inner.arms), len(outer.arms)) == (n.Choose, 2, 2)


def test_unknown_words_are_kept_to_the_next_step() -> None:
    stray, wait, again = steps('dial phone "Hej" 3 times wait 2d -> sendd email news')[:3]
    assert (type(stray), len(stray.words), stray.span.text) == (n.Stray, 5, 'dial phone "Hej" 3 times')
    assert type(wait) is n.Wait
    assert (type(again), again.arrow, len(again.words)) == (n.Stray, True, 3)


def test_unknown_verbs_keep_their_arms() -> None:
    stray, jump = steps('chose "Klar?" { replied -> stop } -> call')
    assert (type(stray), len(stray.arms), type(jump)) == (n.Stray, 1, n.Jump)


def test_a_jump_and_unknown_words_on_the_next_line_are_two_steps() -> None:
    found = steps("wait 1d -> call\n dial phone")
    assert [type(one).__name__ for one in found] == ["Wait", "Jump", "Stray"]


@pytest.mark.parametrize(
    "text", ["send email x at 09:00 at 10:00", "task phone by a by b", "repeat every 2w at 09:00 at 10:00 { stop }"]
)
def test_a_clause_stands_once(text: str) -> None:
    assert finding(f"campaign x {{ flow {{ {text} }} }}").code.name == "said-twice"
