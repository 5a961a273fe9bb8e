"""The words of each step, up to its brace."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from gridlang.syntax import nodes as n
from gridlang.syntax.printing.expressions import SUM, arguments, expression, quoted


def head(step: n.Statement) -> str:
    """A step up to its brace, with its label and the name it had."""
    label = f"{step.label.text}: " if step.label else ""
    was = f"was: {_former(step.was)} " if step.was else ""
    return label + was + _WRITERS[type(step)](step)


def _former(name: n.Name) -> str:
    """A former label, or in quotes what a step without one was known by."""
    return name.text if re.fullmatch(r"[^\W\d]\w*", name.text) else quoted(name.text)


def _clause(word: str, value: n.Expression | n.Name | None) -> str:
    if value is None:
        return ""
    return f" {word} {value.text if isinstance(value, n.Name) else expression(value)}"


def _question(verb: str) -> Callable[[Any], str]:
    return lambda step: f"{verb} {quoted(step.question.value)}" if step.question else verb


def _jump(step: n.Jump) -> str:
    if step.times is None:
        return step.target.text
    return f"{step.target.text} max {expression(step.times)} times{_clause('else', step.otherwise)}"


def _send(step: n.Send) -> str:
    channels = " or ".join(channel.text for channel in step.channels)
    clauses = _clause("at", step.at) + _clause("for", step.duration) + _clause("else", step.otherwise)
    return f"send {channels} {expression(step.message)}{clauses}"


def _show(step: n.Show) -> str:
    clauses = _clause("for", step.duration) + _clause("budget", step.budget)
    return f"show {step.channel.text} {expression(step.message)}{clauses}"


def _task(step: n.Task) -> str:
    message = f" {expression(step.message)}" if step.message else ""
    return f"task {step.channel.text}{message}{_clause('by', step.team)}{_clause('due', step.due)}"


def _ask(step: n.Ask) -> str:
    question = _question("ask of account" if step.of_account else "ask")(step)
    return question + _clause("within", step.within)


def _repeat(step: n.Repeat) -> str:
    clauses = _clause("on", step.weekday) + _clause("at", step.at) + _clause("from", step.start)
    return f"repeat every {expression(step.every)}{clauses}"


_WRITERS: dict[type, Callable[[Any], str]] = {
    n.Jump: _jump,
    n.Send: _send,
    n.Show: _show,
    n.Task: _task,
    n.Wait: lambda step: f"wait {expression(step.duration)}",
    n.WaitUntil: lambda step: f"wait until {expression(step.when, SUM)}{_clause('at', step.at)}",
    n.WaitFor: lambda step: f"wait for {step.event.text}{_clause('of', step.role)}{_clause('within', step.within)}",
    n.Ask: _ask,
    n.Choose: _question("choose"),
    n.Split: _question("split"),
    n.Repeat: _repeat,
    n.Move: lambda step: f"move {step.phase.text}",
    n.Stop: lambda step: "stop",
    n.Notify: lambda step: f"notify {step.team.text} {quoted(step.text.value)}",
    n.Run: lambda step: f"run {step.flow.text}" + (arguments(step.arguments) if step.arguments else ""),
    n.Stray: lambda step: " ".join(expression(word) for word in step.words),
}
