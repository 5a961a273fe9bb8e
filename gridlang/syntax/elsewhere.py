"""Sentences as other tools, or plain English, have them: where the grammar gave up, what was meant is told."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from typing import Any

from gridlang.diagnostics.codes import syntax as codes
from gridlang.diagnostics.model import Diagnostic, Edit, Fix
from gridlang.source import Span
from gridlang.syntax.building.habits import written_date
from gridlang.syntax.building.told import VALUE, second_value, send_to, two_words
from gridlang.syntax.nodes import Name, Text
from gridlang.syntax.phrases import phrase_at
from gridlang.syntax.unexpected import Mistake

_VALUES = frozenset({"TEXT", "NUMBER", "PERCENT", "MONEY", "DURATION", "DATE", "MOMENT", "TIME"})
_ARMS = frozenset({"ask", "choose", "split", "task"})
_LITERAL = re.compile(r"true|false|yes|no|none|[0-9].*")


def _is_sign(value: Any, sign: str) -> bool:
    return value.__class__ is Span and value.text == sign


def _comma_at_end(mistake: Mistake) -> Diagnostic | None:
    """`phase: contact,` and then the next field."""
    found = re.search(r",\s*(\w+\s+(?:\w+\s+)?)?\Z", mistake.before)
    if found is None or mistake.kind not in ("KEY", "RBRACE", "LBRACE", "TEXT", "NAME"):
        return None
    fits = mistake.kind == "LBRACE" if found[1] else _is_sign(mistake.last, ",")
    if not fits:
        return None
    comma = mistake.place(found.start() - len(mistake.before), found.start() + 1 - len(mistake.before))
    return codes.COMMA_AT_END.at(comma, line=comma.line, fixes=(codes.replacing(comma, ""),))


def _missing_comma(mistake: Mistake) -> Diagnostic | None:
    """`"price" "lasts"`: one value behind another."""
    if mistake.kind not in _VALUES or "COMMA" not in mistake.accepted or "RPAR" in mistake.accepted:
        return None
    if isinstance(mistake.last, Name) or mistake.last.__class__ is Span:
        return None
    found = re.search(r"([\w.]+|\"[^\"\n]*\")\s*\Z", mistake.before)
    if found is None:
        return None
    end = mistake.place(found.end(1) - len(mistake.before), found.end(1) - len(mistake.before))
    fix = Fix(f"put a comma behind `{found[1]}`", (Edit(end, ","),))
    return codes.MISSING_COMMA.at(mistake.span, word=mistake.span.text, before=found[1], fixes=(fix,))


def _phrase(mistake: Mistake) -> Diagnostic | None:
    """`wait two days`, `3/week`, `car_age between 3 and 8`: said as plain English has it."""
    values = [value.span for value in mistake.values[:-4:-1] if isinstance(value, Name | Text)]
    return next(filter(None, map(phrase_at, (mistake.span, *values))), None)


def _block_with_colon(mistake: Mistake) -> Diagnostic | None:
    """`flow: {`, or a block whose lines are indented and may begin with dashes, as in YAML."""
    found = re.search(r"(?:^|[\s{\"])([^\W\d]\w*)\"?[ \t]*:[ \t]*\Z", mistake.before)
    if mistake.kind != "LBRACE" or found is None:
        found = re.search(
            r"(?:^|\n)([ \t]*)(?P<head>[^\W\d][^\n:{}\"]*?)[ \t]*:[ \t]*\r?\n([ \t]*)(-[ \t]*)?\Z", mistake.before
        )
        if mistake.kind not in ("KEY", "NAME", "MINUS", "SEND", "WAIT") or found is None:
            return None
        if not found[4] and len(found[3]) <= len(found[1]) and not mistake.outside:
            return None
        start, end = found.start("head"), found.end("head")
    else:
        start, end = found.start(1), found.end(1)
    span = mistake.place(start - len(mistake.before), end - len(mistake.before))
    colon = re.match(r"\"?[ \t]*:(?=[ \t]*\{)", span.source.text[span.end : span.end + VALUE])
    fixes = (codes.replacing(Span(span.source, span.end, span.end + colon.end()), ""),) if colon else ()
    return codes.BLOCK_COLON.at(span, name=span.text, fixes=fixes)


def _inner_quotes(mistake: Mistake) -> Diagnostic | None:
    """`"<p class="big">"`: a word that touches the end of a text."""
    text = mistake.source.text
    for word in (mistake.span, *(value.span for value in mistake.values[-3:] if isinstance(value, Name))):
        touches = word.start > 1 and text[word.start - 1] == '"' and text[word.start : word.start + 1].isalnum()
        if touches and text[mistake.source.line_starts[word.line - 1] : word.start - 1].count('"') % 2:
            place = Span(mistake.source, word.start - 1, word.start)
            return codes.INNER_QUOTES.at(place, fixes=_escaped(place))
    return None


def _escaped(first: Span) -> tuple[Fix, ...]:
    """Quotes within a text, all of its line but for the last: `"<b class=\"new\">"`."""
    source = first.source
    line_end = source.line_starts[first.line - 1] + len(source.line_text(first.line))
    quotes = [at.start() for at in re.finditer(r'(?<!\\)"', source.text[first.start : line_end][:VALUE])]
    closing = (at for at in reversed(quotes) if _ENDS_TEXT.match(source.text, first.start + at, line_end))
    last = next(closing, 0)
    inner = [at for at in quotes if at < last]
    if not inner:
        return ()
    edits = tuple(Edit(Span(source, first.start + at, first.start + at + 1), '\\"') for at in inner)
    return (Fix('write the quotes within the text as `\\"`', edits),)


_ENDS_TEXT = re.compile(r'"\s*(?:[}#,]|\w+\s*:|\Z)')


def _step_outside(mistake: Mistake) -> Diagnostic | None:
    """`campaign x { phase: sale  send email hello }`."""
    if mistake.outside or not {"KEY", "LBRACE"} & mistake.accepted:
        return None
    verb = next((v for v in mistake.values[-2:] if isinstance(v, Name) and v.text in STEPS), None)
    if verb is None or "SEND" in mistake.accepted:
        return None
    return codes.STEP_OUTSIDE.at(verb.span, verb=verb.text, fixes=_in_a_flow(verb.span))


def _in_a_flow(verb: Span) -> tuple[Fix, ...]:
    """The steps from here to the end of the line, in a flow; none where a brace stands on the line."""
    start = verb.source.line_starts[verb.line - 1]
    rest = re.match(r"[^\n\r{}#]*", verb.source.text[verb.start : start + len(verb.source.line_text(verb.line))])
    steps = rest[0].rstrip() if rest else ""
    if not steps or "{" in verb.source.line_text(verb.line)[verb.start - start :]:
        return ()
    place = Span(verb.source, verb.start, verb.start + len(steps))
    return (codes.replacing(place, f"flow {{ {steps} }}"),)


STEPS = frozenset({"send", "show", "task", "wait", "ask", "choose", "split", "repeat", "move", "notify", "run"})


def _prose(mistake: Mistake) -> Diagnostic | None:
    """`subject: Welcome to us`: a text without its quotes."""
    place = mistake.last.span if isinstance(mistake.last, Name) else mistake.span
    for number in range(place.line, max(0, place.line - 3), -1):
        start = mistake.source.line_starts[number - 1]
        found = _PROSE.match(mistake.source.line_text(number)[:VALUE])
        if found is not None and start >= mistake.start - VALUE and (found[1] in _TEXT_FIELDS or found[2][0].isupper()):
            span = Span(mistake.source, start + found.start(2), start + found.end(2))
            instead = f'"{found[2]}"'
            return codes.UNQUOTED.at(span, what="a text", instead=instead, fixes=(codes.replacing(span, instead),))
    return None


_PROSE = re.compile(r"[ \t]*([^\W\d]\w*)[ \t]*:[ \t]+([^\W\d][^\s:{}\"#,]*(?:[ \t]+[^\s:{}\"#,]+)+)[ \t]*\Z")
_TEXT_FIELDS = frozenset(
    {"subject", "body", "script", "persona", "purpose", "reward", "feelings", "motive", "attitude"}
)


def _json(mistake: Mistake) -> Diagnostic | None:
    """A file that begins with `{ "campaign": …`."""
    if mistake.kind != "LBRACE" or not mistake.outside or not re.match(r"\{\s*(?:#[^\n]*\n\s*)*\"", mistake.behind):
        return None
    return codes.NOT_JSON.at(mistake.span)


def _lines_of_text(mistake: Mistake) -> Diagnostic | None:
    """`body: |` and then lines, as YAML has it."""
    if mistake.span.text not in ("|", ">") or not re.search(r":\s*\Z", mistake.before):
        return None
    way = 'a text stands in quotes, `\\n` begins a new line; a long one in a file: `file("messages/welcome.md")`'
    return codes.UNKNOWN_SIGN.at(mistake.span, sign=mistake.span.text, help=way)


def _no_value(mistake: Mistake) -> Diagnostic | None:
    """`phase:` and then the end, or the next field."""
    found = re.search(r"([^\W\d]\w*)\s*:\s*\Z", mistake.before)
    if mistake.kind not in ("RBRACE", "KEY") or found is None or mistake.outside:
        return None
    span = mistake.place(found.start(1) - len(mistake.before), found.end(1) - len(mistake.before))
    if "SEND" in mistake.accepted:
        return None
    return codes.UNEXPECTED.at(
        mistake.span, found=mistake.found, expected=f"`{span.text}` needs a value: `{span.text}: …`"
    )


def _comma_between_names(mistake: Mistake) -> Diagnostic | None:
    """`segment: families others`: a second name behind the value of a field, and then something else begins."""
    if mistake.outside:
        return None
    names = [value for value in mistake.values[-4:] if isinstance(value, Name) and _ends_value(value)]
    return next(filter(None, (second_value(name.span) for name in reversed(names))), None)


def _before_the_flow(mistake: Mistake) -> Diagnostic | None:
    """`segment: families others` and then `flow {`, which was read as a block of two words."""
    for word, flow, brace in zip(mistake.values, mistake.values[1:], mistake.values[2:], strict=False):
        if isinstance(word, Name) and isinstance(flow, Name) and flow.text == "flow" and _is_sign(brace, "{"):
            return phrase_at(word.span) or second_value(word.span) or codes.LONE_WORD.at(word.span, word=word.text)
    return None


def _ends_value(name: Name) -> bool:
    """Whether a field, a block or the end stands behind a name, or something on another line."""
    behind = name.span.source.text[name.span.end : name.span.end + VALUE]
    return re.match(r"[ \t]*(?:\}|#|\r|\n|\Z|[^\W\d]\w*\s*:)", behind) is not None


def _misspelt_clause(mistake: Mistake) -> Diagnostic | None:
    """`goal: purchase withn 90d`: a word that is nearly one of those that go on with a sentence."""
    word = mistake.last.span if isinstance(mistake.last, Name) else mistake.span if mistake.kind == "NAME" else None
    if word is None or word.text in GOES_ON:
        return None
    line = word.source.text[max(word.source.line_starts[word.line - 1], word.start - VALUE) : word.start]
    near = difflib.get_close_matches(word.text.lower(), GOES_ON, 1, 0.75)
    if not near or not re.search(r"[\w\"%)][ \t]+\Z", line):
        return None
    return codes.MISSPELT.at(word, word=word.text, meant=near[0], fixes=(codes.replacing(word, near[0]),))


def _parameter_type(mistake: Mistake) -> Diagnostic | None:
    """`flow reminder(what Message)`."""
    before = re.search(r"\bflow[ \t]+\w+[ \t]*\((?:[^()\n]*,)?[ \t]*\Z", mistake.line_before)
    found = re.match(r"([^\W\d]\w*)[ \t]+([^\W\d][\w<>?]*)", mistake.behind)
    if mistake.kind != "NAME" or before is None or found is None or not mistake.outside:
        return None
    name = mistake.place(0, found.end(1))
    fix = Fix(f"write `{found[1]}: {found[2]}`", (Edit(mistake.place(found.end(1), found.end(1)), ":"),))
    return codes.MISSING_COLON.at(name, name=found[1], value=found[2], fixes=(fix,))


GOES_ON = ("within", "until", "every", "else", "times", "calendar", "across", "account", "workdays", "where", "from")
"""Words behind which a sentence goes on."""


def _more_for_arrow(mistake: Mistake) -> Diagnostic | None:
    """`mother > father` among arrows."""
    if mistake.kind != "MORE" or "MORE" in mistake.accepted or not {"ARROW", "LBRACE"} & mistake.accepted:
        return None
    fix = codes.replacing(mistake.span, "->")
    return codes.ODD_SIGN.at(mistake.span, sign=">", instead="->", more="", fixes=(fix,))


def _hyphen(mistake: Mistake) -> Diagnostic | None:
    """`segment young-families`: a name with a hyphen in it."""
    if mistake.kind != "MINUS":
        return None
    front = re.search(r"(?:(\w+)[ \t]+)?([^\W\d]\w*)\Z", mistake.before)
    rest = re.match(r"(?:-\w+)+", mistake.behind)
    if front is None or rest is None:
        return None
    return two_words(
        (front[1] or "") if mistake.outside else "", mistake.place(front.start(2) - len(mistake.before), rest.end())
    )


def _is_word(mistake: Mistake) -> Diagnostic | None:
    """`household_role is parent`."""
    at = mistake.span.start - len(mistake.before)
    text = mistake.before + mistake.behind
    near = re.compile(r"(?!(?:and|or|not)\b)\b([\w.]+)[ \t]+(is(?:[ \t]+not)?|equals)[ \t]+(\"[^\"\n]*\"|[\w.]+)\s*")
    for found in near.finditer(text):
        if found.start(2) <= mistake.span.start - at <= found.end():
            value = found[3] if found[3][0] == '"' or _LITERAL.fullmatch(found[3]) else f'"{found[3]}"'
            instead = f"{found[1]} {'!=' if 'not' in found[2] else '=='} {value}"
            span = Span(mistake.source, at + found.start(), at + found.end(3))
            place = Span(mistake.source, at + found.start(2), at + found.end(2))
            return codes.IS_WORD.at(place, word=found[2], instead=instead, fixes=(codes.replacing(span, instead),))
    return None


def _goto(mistake: Mistake) -> Diagnostic | None:
    """`nothing -> goto call`."""
    before = mistake.before if mistake.last.__class__ is not Span else mistake.before + mistake.span.text
    found = re.search(r"->\s*(go[ \t]*to|jump(?:[ \t]+to)?)[ \t]+(\w+)\s*\Z", before)
    if found is None:
        return None
    span = mistake.place(found.start(1) - len(mistake.before), found.end(2) - len(mistake.before))
    return codes.GOTO.at(span, word=found[1], label=found[2], fixes=(codes.replacing(span, found[2]),))


def _arm_with_colon(mistake: Mistake) -> Diagnostic | None:
    """`nothing: call` among arms."""
    if mistake.kind != "KEY" or not _among_arms(mistake.values):
        return None
    found = re.match(r"\w+(\s*:\s*)([^\n}]*)", mistake.behind)
    if found is None:
        return None
    then = found[2].split("  ")[0].strip() or "…"
    fix = codes.replacing(mistake.place(found.start(1), found.end(1)), " -> ")
    return codes.ARM_ARROW.at(mistake.span, condition=mistake.span.text, then=then, fixes=(fix,))


def _among_arms(values: list[Any]) -> bool:
    """Whether the innermost open brace is the one of `ask`, `choose`, `split` or `task`."""
    opened = next((at for at in range(len(values) - 1, -1, -1) if _is_sign(values[at], "{")), None)
    if opened is None:
        return False
    verb = next((value for value in reversed(values[:opened]) if value.__class__ is Span), None)
    return verb is not None and verb.text in _ARMS | {"account", "within"}


def _money_first(mistake: Mistake) -> Diagnostic | None:
    """`GBP 900`."""
    found = re.search(r"\b([A-Z]{3})[ \t]+\Z", mistake.line_before)
    number = re.match(r"[0-9][0-9_]*(?:\.[0-9]{1,2})?(?!\w)", mistake.behind)
    if mistake.kind != "NUMBER" or found is None or number is None:
        return None
    span = mistake.place(found.start() - len(mistake.line_before), number.end())
    instead = f"{number[0]} {found[1]}"
    return codes.CURRENCY.at(span, instead=instead, fixes=(codes.replacing(span, instead),))


def _no_currency(mistake: Mistake) -> Diagnostic | None:
    """`budget 900`."""
    if mistake.kind != "NUMBER" or "MONEY" not in mistake.accepted or not _is_sign(mistake.last, "budget"):
        return None
    return codes.NO_CURRENCY.at(mistake.span, amount=mistake.span.text)


def _month_first(mistake: Mistake) -> Diagnostic | None:
    """`March 1, 2027`."""
    found = re.search(r"\b([^\W\d]{3,})\.?[ \t]+\Z", mistake.line_before)
    rest = re.match(r"([0-9]{1,2})(?:st|nd|rd|th)?,?[ \t]+([0-9]{4})(?!\w)", mistake.behind)
    date = written_date(rest[1], found[1], rest[2]) if found and rest else None
    if found is None or rest is None or date is None:
        return None
    span = mistake.place(found.start() - len(mistake.line_before), rest.end())
    return codes.DATE_ORDER.at(span, date=date, fixes=(codes.replacing(span, date),))


def _unquoted(mistake: Mistake) -> Diagnostic | None:
    """`asha@example.com`, `file(messages/x.md)`."""
    if mistake.kind not in ("BAD", "NAME", "MINUS", "ODD_LOGIC", "NUMBER", "SLASHES"):
        return None
    at = len(mistake.line_before)
    line = mistake.line_before + mistake.behind.partition("\n")[0]
    for what, pattern in _TEXTS.items():
        for found in re.finditer(pattern, line):
            if found.start() <= at < found.end():
                span = mistake.place(found.start(1) - at, found.end(1) - at)
                instead = f'"{found[1]}"'
                return codes.UNQUOTED.at(span, what=what, instead=instead, fixes=(codes.replacing(span, instead),))
    return None


_TEXTS = {
    "an address": r"([\w.+-]+@[\w.-]*\w)",
    "a path": r"\bfile\([ \t]*([\w./ -]+?)[ \t]*(?=\)|$)",
    "a web address": r"(https?://[^\s\"}]+)",
}


def _open_bracket(mistake: Mistake) -> Diagnostic | None:
    """`file("…"` without its `)`."""
    if "RPAR" not in mistake.accepted or mistake.kind in _VALUES or mistake.kind == "BAD":
        return None
    before = mistake.before.rstrip()
    found = re.search(r"[\w.]*\((?:[^()\"\n]|\"[^\"\n]*\")*\Z", before)
    if found is None:
        return None
    start = found.start() - len(mistake.before)
    end = len(before) - len(mistake.before)
    span = mistake.place(start, end)
    fix = Fix("add `)`", (Edit(mistake.place(end, end), ")"),))
    return codes.OPEN_BRACKET.at(span, call=found[0], line=span.line, fixes=(fix,))


def _send_to(mistake: Mistake) -> Diagnostic | None:
    """`replied -> send email hello to parent` in an arm."""
    text = mistake.before + (mistake.span.text if mistake.kind == "NAME" and mistake.line_before[-4:] == " to " else "")
    found = re.search(r"\bsend[ \t]+[\w.]+[ \t]+[\w.]+[ \t]+(to[ \t]+([\w.]+))\s*\Z", text)
    if found is None:
        return None
    return send_to(mistake.place(found.start(1) - len(mistake.before), found.end(1) - len(mistake.before)), found[2])


def _wait_for_time(mistake: Mistake) -> Diagnostic | None:
    """`wait for 3 workdays`."""
    found = re.search(r"\bwait[ \t]+for[ \t]+\Z", mistake.before)
    if mistake.kind != "DURATION" or found is None:
        return None
    span = mistake.place(found.start() - len(mistake.before), len(mistake.span.text))
    duration = mistake.span.text
    fix = codes.replacing(span, f"wait {duration}")
    return codes.WAIT_FOR_TIME.at(span, duration=duration, fixes=(fix,))


def _max_times(mistake: Mistake) -> Diagnostic | None:
    """`max 2 else rest`."""
    if mistake.accepted != {"TIMES"}:
        return None
    rest = re.match(r"else[ \t]+\w+", mistake.behind)
    before = re.search(r"max[ \t]+[0-9_.]+", mistake.before)
    words = before[0] if before else "max"
    whole = f"{words} times {rest[0] if rest else ''}".rstrip()
    fix = Fix("write `times`", (Edit(mistake.place(0, 0), "times "),))
    return codes.INCOMPLETE.at(
        mistake.span, found=mistake.found, what=f"`{words}`", usage=f"write `{whole}`", fixes=(fix,)
    )


CASES: tuple[Callable[[Mistake], Diagnostic | None], ...] = (
    _json,
    _lines_of_text,
    _before_the_flow,
    _parameter_type,
    _phrase,
    _block_with_colon,
    _inner_quotes,
    _prose,
    _step_outside,
    _no_value,
    _comma_at_end,
    _hyphen,
    _unquoted,
    _money_first,
    _month_first,
    _no_currency,
    _wait_for_time,
    _max_times,
    _goto,
    _arm_with_colon,
    _send_to,
    _is_word,
    _open_bracket,
    _missing_comma,
    _misspelt_clause,
    _comma_between_names,
    _more_for_arrow,
)
