"""Steps and arms as text: one step a line, chains and short arms on one."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from gridlang.syntax import nodes as n
from gridlang.syntax.printing.author import Remarks, blank_before, on_one_line, remarks
from gridlang.syntax.printing.expressions import expression, listed
from gridlang.syntax.printing.layout import INDENT, REMARK, Shown, block, indented
from gridlang.syntax.printing.verbs import head

WIDE_CONDITION = 60
"""Conditions wider than this do not push the other arms to the right."""
BRANCHING = n.Task | n.Ask | n.Choose | n.Split | n.Stray


def shown_steps(flow: n.Flow, room: int) -> list[Shown]:
    """The steps between braces, one a line; what stands behind an arrow goes on on the line before it."""
    shown = []
    for chain in _chains(flow.steps):
        first = chain[0]
        lines, last = _chain(chain, room)
        head = remarks(first, block=_has_braces(first))
        plain = isinstance(first, n.Show) and len(lines) == 1 and first.label is None and first.was is None
        cells = _columns(first, lines[0]) if plain and isinstance(first, n.Show) else [lines[0]]
        shown.append(
            Shown(
                cells,
                lines[1:],
                Remarks(before=head.before, behind=last),
                group="show" if plain else None,
                blank=bool(blank_before(first.span)),
            )
        )
    return shown


def inline_steps(flow: n.Flow) -> str | None:
    """All steps on one line; None when something in them needs its own."""
    text = ""
    for at, step in enumerate(flow.steps):
        line = None if isinstance(step, n.Stray) else inline_step(step)
        if line is None:
            return None
        text += (" -> " if step.arrow and at else "-> " if step.arrow else INDENT if at else "") + line
    return text


def _chains(steps: Iterable[n.Statement]) -> list[list[n.Statement]]:
    chains: list[list[n.Statement]] = []
    for step in steps:
        if step.arrow and chains:
            chains[-1].append(step)
        else:
            chains.append([step])
    return chains


@attrs.define
class _Lines:
    """Lines of a chain while it is written; `indent` is where its last line begins."""

    room: int
    lines: list[str] = attrs.field(factory=list)
    indent: str = ""
    closed: bool = True
    """Whether nothing can be added to the last line."""

    def then(self, before: list[str], step: list[str]) -> None:
        """Go on with `-> step`: on the same line, when it can hold it."""
        if before:
            self._arrow_alone()
            self.indent = INDENT * 2
            self.lines += indented([*before, *step], self.indent)
        elif self.closed or len(self.lines[-1]) + 4 + len(step[0]) > self.room:
            self.indent = INDENT if self.lines else ""
            self.lines += indented([f"-> {step[0]}", *step[1:]], self.indent)
        else:
            self.lines[-1] += f" -> {step[0]}"
            self.lines += indented(step[1:], self.indent)
        self.closed = False

    def _arrow_alone(self) -> None:
        if self.closed:
            self.lines.append(f"{INDENT}->" if self.lines else "->")
        else:
            self.lines[-1] += " ->"

    def behind(self, found: list[str]) -> None:
        """A remark behind the step."""
        if found:
            self.lines[-1] += REMARK + found[0]
            self.lines += indented(found[1:], self.indent)
            self.closed = True


def _chain(chain: list[n.Statement], room: int) -> tuple[list[str], list[str]]:
    """Steps that stand behind each other, with the remarks between them; and the remarks behind the last."""
    written = _Lines(room)
    last: list[str] = []
    for at, step in enumerate(chain):
        written.behind(last)
        found = remarks(step, block=_has_braces(step))
        lines = _step(step, found, room)
        if step.arrow:
            written.then(found.before if at or chain[0].arrow else [], lines)
        else:
            written.lines, written.closed = list(lines), False
        last = found.behind
    return written.lines, last


def _step(step: n.Statement, found: Remarks, room: int) -> list[str]:
    """The lines of one step."""
    one = head(step)
    if isinstance(step, n.Repeat):
        line = _inline(step) if _kept(step, found) else None
        return [line] if line and len(line) <= room else block(one, shown_steps(step.body, room - 2), found, room)
    if not _has_braces(step):
        return [one]
    assert isinstance(step, BRANCHING)
    line = _inline(step) if _kept(step, found) else None
    if line and len(line) <= room:
        return [line]
    return block(one, [_arm(arm, room - 2) for arm in step.arms], found, room)


def _kept(step: n.Statement, found: Remarks) -> bool:
    """Whether its author has put a step with braces on one line, and nothing between them needs more."""
    return bool(on_one_line(step.span)) and not found.opening and not found.closing


def _has_braces(step: n.Statement) -> bool:
    if isinstance(step, n.Ask | n.Choose | n.Split | n.Repeat):
        return True
    return isinstance(step, BRANCHING) and bool(step.arms)


def inline_step(step: n.Statement) -> str | None:
    """A step on one line; None when something in it needs its own."""
    return None if remarks(step, block=False) else _inline(step)


def _inline(step: n.Statement) -> str | None:
    text = head(step)
    if not _has_braces(step):
        return text
    if isinstance(step, n.Repeat):
        inner = inline_steps(step.body)
        return None if inner is None else f"{text} {{ {inner} }}" if inner else f"{text} {{}}"
    assert isinstance(step, BRANCHING)
    arms = [_inline_arm(arm) for arm in step.arms]
    whole = INDENT.join(arm for arm in arms if arm is not None)
    return None if None in arms else f"{text} {{ {whole} }}" if whole else f"{text} {{}}"


# --- arms ------------------------------------------------------------------------------------------------------------


def _arm(arm: n.Arm, room: int) -> Shown:
    found = remarks(arm, block=arm.braces)
    conditions = listed(arm.conditions)
    left = room - len(conditions) - 1
    if arm.braces:
        inner = inline_steps(arm.flow)
        short = f"-> {{ {inner} }}" if inner else "-> {}"
        fits = inner is not None and len(short) <= left and on_one_line(arm.flow.span)
        kept = fits and not found.opening and not found.closing
        lines = [short] if kept else block("->", shown_steps(arm.flow, room - 2), found, room)
    else:
        lines, last = _chain(list(arm.flow.steps), left)
        found.behind = [*last, *found.behind]
    return Shown(
        [conditions, lines[0]],
        lines[1:],
        found,
        group="arm",
        loose=len(conditions) > WIDE_CONDITION,
        blank=bool(blank_before(arm.span)),
    )


def _inline_arm(arm: n.Arm) -> str | None:
    steps = None if remarks(arm, block=False) else inline_steps(arm.flow)
    if steps is None:
        return None
    if arm.braces:
        return f"{listed(arm.conditions)} -> {{ {steps} }}" if steps else f"{listed(arm.conditions)} -> {{}}"
    return f"{listed(arm.conditions)} {steps}"


def _columns(step: n.Show, line: str) -> list[str]:
    """A flight in columns, so that what several say, and for how long, stands under each other."""
    verb, message = f"show {step.channel.text}", expression(step.message)
    clauses = line.removeprefix(f"{verb} {message}").lstrip()
    return [verb, message, clauses] if clauses else [verb, message]
