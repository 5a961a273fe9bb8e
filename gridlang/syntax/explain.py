"""From the place where the grammar gave up to words that help: the special cases first, each a small function."""

from __future__ import annotations

import re
from collections.abc import Callable

import attrs

from gridlang.diagnostics.codes import syntax as codes
from gridlang.diagnostics.model import Diagnostic, Edit, Fix, Related
from gridlang.source import Source, Span
from gridlang.syntax import elsewhere
from gridlang.syntax.builder import Builder
from gridlang.syntax.building.told import open_quote, two_words
from gridlang.syntax.machine import Machine, Unexpected
from gridlang.syntax.nodes import Name, Text
from gridlang.syntax.resuming import Point
from gridlang.syntax.tables import END
from gridlang.syntax.unexpected import SHOWN, Mistake
from gridlang.syntax.words import VERBS, in_words

_VALUES = frozenset({"TEXT", "NUMBER", "PERCENT", "MONEY", "DURATION", "DATE", "MOMENT", "TIME"})


@attrs.frozen(eq=False)
class Explainer:
    """Finds words for what a machine did not expect, with a machine of its own that reads up to it once more.

    The first reading has reduced beyond what the token's words are about.
    """

    machine: Machine
    builder: Builder

    @classmethod
    def of(cls, source: Source) -> Explainer:
        builder = Builder(source)
        return cls(Machine(builder), builder)

    def explained(self, unexpected: Unexpected, beginning: Point) -> Diagnostic:
        """The finding for what was not expected when reading had begun at `beginning`."""
        self.builder.again()
        self.builder.declarations.clear()
        self.builder.pending.clear()
        beginning.put_into(self.machine)
        self.machine.run(beginning.at, unexpected.span.start)
        mistake = Mistake(
            unexpected.kind, unexpected.span, list(self.machine.values), self.machine.accepted(), beginning.at
        )
        return next(filter(None, (case(mistake) for case in CASES)), None) or _general(mistake)


# --- the cases -------------------------------------------------------------------------------------------------------


def _open_quote(mistake: Mistake) -> Diagnostic | None:
    """A quote is missing on this line, so that texts and words have changed places."""
    return open_quote(mistake.span)


def _bad_sign(mistake: Mistake) -> Diagnostic | None:
    if mistake.kind != "BAD":
        return None
    sign = mistake.span.text
    if sign in "“”„‟«»″'":
        return codes.ODD_QUOTES.at(mistake.span, more="", instead='"', fixes=(codes.replacing(mistake.span, '"'),))
    way = "a text stands between quotes, a remark behind `#`"
    return codes.UNKNOWN_SIGN.at(mistake.span, sign=sign, help=way, fixes=(codes.replacing(mistake.span, ""),))


def _equals(mistake: Mistake) -> Diagnostic | None:
    if mistake.kind != "EQUALS":
        return None
    last = mistake.values[-1] if mistake.values else None
    if isinstance(last, Name) and "LBRACE" in mistake.accepted:
        fix = codes.replacing(mistake.span, ":")
        return codes.MISSING_COLON.at(mistake.span, name=last.text, value="…", fixes=(fix,))
    if "COMPARE" in mistake.accepted:
        fix = codes.replacing(mistake.span, "==")
        return codes.ODD_SIGN.at(mistake.span, sign="=", instead="==", more="", fixes=(fix,))
    return None


def _closes_nothing(mistake: Mistake) -> Diagnostic | None:
    if mistake.kind != "RBRACE" or not mistake.outside:
        return None
    return codes.STRAY_BRACE.at(mistake.span, fixes=(codes.replacing(mistake.span, ""),))


def _outside_block(mistake: Mistake) -> Diagnostic | None:
    if not mistake.outside or mistake.kind not in ("KEY", "ARROW") or not _between_declarations(mistake):
        return None
    text = mistake.source.text
    words = text[mistake.span.start : mistake.span.end] + (":" if mistake.kind == "KEY" else "")
    before = text[: mistake.span.start].rstrip().rpartition("\n")[2].strip()
    opened = before and not before.endswith("}") and not before.startswith("#")
    way = f"a `{{` is probably missing after `{before[:60]}`" if opened else "look for a `}` too many before it"
    header_end = len(text[: mistake.span.start].rstrip())
    fixes = (codes.putting(" {", mistake.span, header_end),) if opened else ()
    return codes.OUTSIDE_BLOCK.at(mistake.span, words=words, help=way, fixes=fixes)


def _between_declarations(mistake: Mistake) -> bool:
    return not mistake.values or "LET" in mistake.accepted


def _no_colon(mistake: Mistake) -> Diagnostic | None:
    """`subject "Hej"`: a word and a value where a field could begin."""
    if mistake.outside:
        return None
    last = mistake.values[-1] if mistake.values else None
    if isinstance(last, Name) and mistake.kind in _VALUES and "LBRACE" in mistake.accepted:
        return _colon_after(last, mistake.span)
    pair = mistake.values[-2:]
    if len(pair) == 2 and isinstance(pair[0], Name) and isinstance(pair[1], Text | Name) and _header(mistake):
        return _colon_after(pair[0], pair[1].span)
    return None


def _header(mistake: Mistake) -> bool:
    """Whether the stack ends with the beginning of a nested block that has no brace yet."""
    return "LBRACE" in mistake.accepted and len(mistake.values) > 2 and not isinstance(mistake.values[-3], Name)


def _colon_after(name: Name, value: Span) -> Diagnostic:
    end = Span(name.span.source, name.span.end, name.span.end)
    shown = " ".join(value.text.split())[:60]
    fix = Fix(f"write `{name.text}: {shown}`", (Edit(end, ":"),))
    return codes.MISSING_COLON.at(name.span, name=name.text, value=shown, fixes=(fix,))


def _name_of_two_words(mistake: Mistake) -> Diagnostic | None:
    """`person min bedste ven {`: inside a block three words cannot begin anything else."""
    if mistake.outside and mistake.values and isinstance(mistake.values[-1], Name):
        return _line_of_words(mistake)
    names = [value for value in mistake.values[-2:] if isinstance(value, Name)]
    if mistake.kind != "NAME" or len(names) != 2 or not _header(mistake):
        return None
    rest = re.match(r"[^\W\d]\w*(?:[ \t]+[^\W\d]\w*)*(?=[ \t]*[\"{])", mistake.source.text[mistake.span.start :][:500])
    if not rest:
        return None
    span = names[1].span.to(Span(mistake.source, mistake.span.start, mistake.span.start + rest.end()))
    return two_words(names[0].text, span)


def _line_of_words(mistake: Mistake) -> Diagnostic | None:
    """`campaign my new`, and then a line that begins something else."""
    last = mistake.values[-1].span
    line = mistake.source.line_text(last.line)
    start = mistake.source.line_starts[last.line - 1]
    found = re.fullmatch(r"\s*(\w+)[ \t]+(\w+(?:[ \t]+\w+)+)\s*", line[: last.end - start][:500])
    if not found:
        return None
    return two_words(found[1], Span(mistake.source, start + found.start(2), start + found.end(2)))


def _arm_without_arrow(mistake: Mistake) -> Diagnostic | None:
    if not {"ARROW", "COMMA", "AND"} <= mistake.accepted:
        return None
    last = mistake.values[-1]
    span: Span = last if last.__class__ is Span else last.span
    condition = " ".join(span.text.split())[:60]
    fixes = (codes.putting("-> ", mistake.span, mistake.span.start),)
    return codes.ARM_ARROW.at(mistake.span, condition=condition, then="…", fixes=fixes)


def _too_early(mistake: Mistake) -> Diagnostic | None:
    """A step, or another sentence with a leading verb, that lacks something; or a clause such as `at`."""
    last = mistake.values[-1] if mistake.values else None
    if isinstance(last, Name) and last.text in VERBS and len(mistake.values) > 1:
        return _step_too_early(mistake, last)
    if last.__class__ is Span and last.text.isalpha() and last.text not in VERBS:
        usage = _USAGE.get(last.text) or f"here can stand {in_words(mistake.accepted)}"
        return _incomplete(mistake, f"`{last.text}`", usage)
    verb = next((v.text for v in reversed(mistake.values) if v.__class__ is Span and v.text in (*VERBS, "{")), None)
    if verb is None or verb == "{":
        return None
    return _incomplete(mistake, f"`{verb}`", VERBS[verb])


def _step_too_early(mistake: Mistake, verb: Name) -> Diagnostic | None:
    """`send email hello at` and then `wait 2d`: the next step was read as what is missing."""
    open_word = mistake.values[-2]
    if open_word.__class__ is not Span or not open_word.text.isalpha():
        return None
    usage = VERBS.get(open_word.text) or _USAGE.get(open_word.text)
    left = Mistake(mistake.kind, verb.span, mistake.values[:-1], mistake.accepted, mistake.start)
    return codes.INCOMPLETE.at(
        verb.span, found=f"`{verb.text}`", what=f"`{open_word.text}`", usage=usage, related=_left_open(left)
    )


_USAGE = {
    "at": "`at` takes a time (`09:00`)",
    "within": "`within` takes a duration (`5d`)",
    "due": "`due` takes a duration (`2 workdays`)",
    "for": "`for` takes a duration (`2w`)",
    "by": "`by` takes a team: `by sales_desk`",
    "else": "`else` takes a label: `else later`",
    "to": "`to` takes a person",
}


_LABELLED = re.compile(r"(?:->|[→⇒]|=>|[–—]>)\s*([\w.]+)\s*:\s*([\w.]+)[ \t]+$")


def _two_labels(mistake: Mistake) -> Diagnostic | None:
    """`mum -> father: very strong`: two words where an arrow carries one."""
    last = mistake.values[-1] if mistake.values else None
    if not isinstance(last, Name):
        return None
    from_here = max(mistake.start, last.span.start - 200)
    found = _LABELLED.search(mistake.source.text[from_here : last.span.start])
    if found is None:
        return None
    both = Span(mistake.source, from_here + found.start(2), last.span.end)
    fix = Fix(f"write `{last.text}`", (Edit(both, last.text),))
    return codes.TWO_LABELS.at(both, words=f"{found[2]} {last.text}", target=found[1], last=last.text, fixes=(fix,))


def _before_a_field(mistake: Mistake) -> bool:
    """Whether a word stands on a line and a field on the next: `name field: …` begins a block."""
    behind = mistake.values[-3:]
    if len(behind) < 3 or not isinstance(behind[0], Name) or not isinstance(behind[1], Name):
        return False
    return mistake.before.rstrip().endswith(":") and bool(behind[0].span.line < behind[1].span.line)


def _lone_word(mistake: Mistake) -> Diagnostic | None:
    last = mistake.values[-1] if mistake.values else None
    if _before_a_field(mistake):
        return codes.LONE_WORD.at(mistake.values[-3].span, word=mistake.values[-3].text)
    if mistake.outside or not isinstance(last, Name) or not {"LBRACE", "ARROW"} <= mistake.accepted:
        return None
    return codes.LONE_WORD.at(last.span, word=last.text)


CASES: tuple[Callable[[Mistake], Diagnostic | None], ...] = (
    _open_quote,
    *elsewhere.CASES,
    _bad_sign,
    _equals,
    _closes_nothing,
    _outside_block,
    _name_of_two_words,
    _no_colon,
    _two_labels,
    _lone_word,
    _arm_without_arrow,
    _too_early,
)


def _general(mistake: Mistake) -> Diagnostic:
    expected = in_words(mistake.accepted)
    way = f"here can stand {expected}" if expected else None
    if mistake.kind == END:
        last = _last_line(mistake)
        return _incomplete(mistake, f"`{last.text[:SHOWN]}`" if last else "this file", way)
    return codes.UNEXPECTED.at(mistake.span, found=mistake.found, expected=way)


def _incomplete(mistake: Mistake, what: str, way: str | None) -> Diagnostic:
    """Something lacks its end: because the file ends, or something else begins."""
    after = mistake.source.text[mistake.span.start :][:200].split()
    if mistake.kind == END and not after:
        return codes.ENDS_EARLY.at(mistake.span, what=what, expected=way)
    found = f"`{after[0][:SHOWN]}`" if mistake.kind == END else mistake.found
    return codes.INCOMPLETE.at(mistake.span, found=found, what=what, usage=way, related=_left_open(mistake))


def _left_open(mistake: Mistake) -> tuple[Related, ...]:
    """What is not complete, when it stands on another line than what cannot stand behind it."""
    last = _last_line(mistake)
    if last is None or last.line == mistake.span.line:
        return ()
    return (Related(last, "this is not complete"),)


def _last_line(mistake: Mistake) -> Span | None:
    """What stands before the mistake: the last line of its declaration that is more than a remark or doc."""
    at, text = mistake.span.start, mistake.source.text
    while at > mistake.start:
        start = max(mistake.start, text.rfind("\n", 0, at) + 1, text.rfind("\r", 0, at) + 1)
        line = text[start:at].strip()
        if line and not line.startswith(("#", "///")):
            first = start + text[start:at].index(line[0])
            return Span(mistake.source, first, first + len(line))
        at = start - 1
    return None
