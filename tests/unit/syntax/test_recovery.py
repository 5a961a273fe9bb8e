"""Broken files: what is lost, what is kept, what is told."""

from __future__ import annotations

import pytest

from gridlang.source import Source
from gridlang.syntax import nodes as n
from gridlang.syntax import parse
from gridlang.syntax.recovery import pieces
from tests.unit.syntax.reading import findings, names

GOOD = """campaign good {
  segment: a
  flow { wait 2d }
}
"""


def codes(text: str) -> list[str]:
    return [problem.code.name for problem in findings(text)]


def test_every_declaration_with_a_mistake_has_its_message() -> None:
    text = "need a { }\nneed b { x: }\nneed c { y: }\n" + GOOD
    assert codes(text) == ["unexpected", "unexpected"]
    assert names(text) == ["a", "b", "c", "good"]


@pytest.mark.parametrize("written", ["extra:", "extra: List<", "extra: Text Text", "extra: Int Text?, 5", ": Text"])
def test_an_attribute_that_is_being_written_makes_none_behind_it_unknown(written: str) -> None:
    text = f"/// Known.\nfields person {{\n  first: Text\n  {written}\n  last: Text?\n  consent: List<Channel>\n}}\n"
    (block,) = parse(Source("plan.grid", text)).value.declarations
    assert isinstance(block, n.Block)
    assert block.broken
    found = [item.name.text for item in block.items if isinstance(item, n.Field)]
    assert {"last", "consent"} <= set(found)
    assert len(found) == len(set(found))
    assert len(codes(text)) == 1


def test_steps_behind_a_mistake_are_not_taken_for_the_flow() -> None:
    (block,) = parse(Source("plan.grid", "campaign c {\n  flow {\n    send\n    wait 2d\n  }\n}\n")).value.declarations
    assert isinstance(block, n.Block)
    assert block.broken
    assert block.items == ()


def test_a_brace_too_few_does_not_swallow_the_rest() -> None:
    text = f"campaign x {{\n  flow {{\n    wait 2d\n  }}\n\n{GOOD}\nneed z {{ a: }}\n"
    assert codes(text) == ["unclosed-block", "unexpected"]
    assert names(text) == ["x", "good", "z"]


def test_a_brace_too_few_deep_inside() -> None:
    text = (
        f'campaign x {{\n  flow {{\n    ask "Q" within 2d {{\n      a -> b\n    send email c\n  }}\n}}\n\n{GOOD}{GOOD}'
    )
    assert codes(text) == ["unclosed-block"]
    assert names(text) == ["x", "good", "good"]


def test_an_unclosed_block_is_told_where_something_does_not_fit() -> None:
    text = 'campaign x {\n  flow {\n    ask "Q" within 2d {\n      a -> b\n    send email c\n  }\n}\nneed z\n'
    (problem,) = findings(text)
    assert problem.help == "a `}` is missing, probably before `send email c` in line 5"


def test_a_repaired_token_hides_no_other_mistake() -> None:
    assert codes("plan x { a: } // remark") == ["unexpected", "slashes"]
    assert codes("plan x { b: 2027-02-30 a: }") == ["no-such-day", "unexpected"]
    assert codes("plan x { // remark\n a: b\n") == ["unclosed-block", "slashes"]


def test_what_follows_from_a_repaired_token_is_not_told() -> None:
    assert codes('message x { subject: "Hej, "Per" }') == ["unclosed-text"]
    assert codes("event x { when: a → }") == ["other-sign"]
    assert codes("plan x { budget: 900 pounds sterling }") == ["currency"]
    assert codes('message x { body: "Dear\nyou: { a b }\nYours" }') == ["unclosed-text"]


def test_a_brace_too_many_inside() -> None:
    text = f"campaign x {{\n  flow {{ wait 2d }} }}\n  goal: a\n}}\n{GOOD}"
    assert codes(text) == ["outside-block"]
    assert names(text) == ["x", "good"]


def test_every_block_may_be_unclosed() -> None:
    text = "".join(f"need n{number} {{\n  a: b\n" for number in range(100))
    assert codes(text) == ["unclosed-block"] * 100
    assert names(text) == [f"n{number}" for number in range(100)]


def test_an_unclosed_quote_does_not_swallow_the_rest() -> None:
    text = f'need a "A\nneed b "B\n{GOOD}'
    assert codes(text) == ["unclosed-text", "unclosed-text"]
    assert names(text) == ["a", "b", "good"]


def test_blocks_in_the_first_column_are_no_mistake() -> None:
    assert not findings('test "T" {\nperson per {\na: b\n}\nenter contact\n}\n')


def test_what_came_before_the_mistake_is_kept() -> None:
    (block,) = parse(Source("a", "campaign x: y {\n  segment: a\n  phase: b, c\n  goal: }\n")).value.declarations
    assert isinstance(block, n.Block)
    assert block.broken
    assert block.name
    assert block.parent
    assert (block.name.text, block.parent.text) == ("x", "y")
    assert [item.span.text for item in block.items] == ["segment: a", "phase: b, c"]


def test_sound_declarations_are_not_broken() -> None:
    found = parse(Source("a", f"need a {{ x: }}\n{GOOD}need b\n")).value.declarations
    assert [block.broken for block in found if isinstance(block, n.Block)] == [True, False, False]


def test_a_broken_flow_keeps_its_name() -> None:
    (flow, _) = parse(Source("a", "flow reminder(gap: Duration) { wait 2d wait }\nneed a")).value.declarations
    assert isinstance(flow, n.FlowDeclaration)
    assert (flow.name.text, len(flow.parameters), flow.broken) == ("reminder", 1, True)


def test_what_a_mistake_in_the_middle_of_a_value_left_of_it_is_not_kept() -> None:
    (block,) = parse(Source("a", "campaign x {\n phase: b\n starts: March 1, 2027\n}")).value.declarations
    assert isinstance(block, n.Block)
    assert [item.span.text for item in block.items] == ["phase: b"]


def test_a_name_with_a_hyphen_is_declared_as_it_should_be_written() -> None:
    assert names("segment young-families { a: b }\nmessage c Dear you { d: e }") == ["young_families", "c"]


def test_an_impossible_time_counts_as_left_out() -> None:
    (block,) = parse(Source("a", "campaign x { flow { send email y at 25:00 } }")).value.declarations
    assert isinstance(block, n.Block)
    (flow,) = block.items
    assert isinstance(flow, n.Flow)
    (send,) = flow.steps
    assert isinstance(send, n.Send)
    assert send.at is None


def test_comments_and_docs_survive_a_mistake_once() -> None:
    file = parse(Source("a", "# one\nneed a { x: } # two\n/// doc\nneed b { }\n# three")).value
    assert [comment.text for comment in file.comments] == ["one", "two", "three"]
    last = file.declarations[-1]
    assert isinstance(last, n.Block)
    assert last.doc == "doc"


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("a b { } c d { }", ["a b { }", " c d { }"]),
        ("a b {\nc d { }\n", ["a b {\n", "c d { }", ]),
        ("need a\nneed b\n", ["need a\n", "need b\n"]),
        ("a b { c { } }\n}\nd e { }", ["a b { c { } }", "\n}\n", "d e { }"]),
    ],
)  # fmt: skip
def test_where_a_text_is_cut(text: str, cut: list[str]) -> None:
    assert [text[piece.start : piece.end] for piece in pieces(text)] == cut


@pytest.mark.parametrize(
    ("open_line", "left"),
    [
        ("let grown = age(born) >=", "`let grown = age(born) >=`"),
        ("let grown =", "`let grown =`"),
        ("let grown = has(born) and not", "`let grown = has(born) and not`"),
        ('use "../house" as', '`use "../house" as`'),
    ],
)
def test_a_line_that_lacks_its_end_does_not_take_the_next_kind_for_it(open_line: str, left: str) -> None:
    text = f'{open_line}\n\nsegment adults "Adults" {{ where: otherwise }}\n'
    (found,) = findings(text)
    assert (found.code.name, found.span.text if found.span else "") == ("incomplete", "segment")
    assert left in found.message
    assert [related.span.text for related in found.related] == [open_line]
    segment = parse(Source("plan.grid", text)).value.declarations[-1]
    assert isinstance(segment, n.Block)
    assert (segment.kind.text, segment.name and segment.name.text) == ("segment", "adults")


def test_a_line_with_its_end_on_the_next_line_is_whole() -> None:
    assert codes('let grown =\n  grown_up\nsegment adults "Adults" { where: grown }\n') == []
