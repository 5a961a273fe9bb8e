"""Declarations, fields, edges and nested blocks."""

from __future__ import annotations

import pytest

from gridlang.syntax import nodes as n
from tests.unit.syntax.reading import declaration, finding, item, sound, words


@pytest.mark.parametrize(
    ("text", "kind", "name", "parent", "title"),
    [
        ("plan family_car { }", "plan", "family_car", None, None),
        ('plan family_car "Familiebil 2027" { }', "plan", "family_car", None, "Familiebil 2027"),
        ('channel showroom: meeting "Forhandleren" { }', "channel", "showroom", "meeting", "Forhandleren"),
        ("journey car: std.journeys.marketing_grid { }", "journey", "car", "std.journeys.marketing_grid", None),
        ("event ordered : purchase { }", "event", "ordered", "purchase", None),
        ('test "Den travle far" { }', "test", None, None, "Den travle far"),
        ("rule { }", "rule", None, None, None),
        ('need freedom "Ud i weekenden"', "need", "freedom", None, "Ud i weekenden"),
        ("role initiator", "role", "initiator", None, None),
        ("event test_drive: visited", "event", "test_drive", "visited", None),
        ("plan mødebooking_åben {}", "plan", "mødebooking_åben", None, None),
    ],
)
def test_headers(text: str, kind: str, name: str | None, parent: str | None, title: str | None) -> None:
    block = declaration(text)
    assert isinstance(block, n.Block)
    assert block.kind.text == kind
    assert (block.name and block.name.text) == name
    assert (block.parent and block.parent.text) == parent
    assert (block.title and block.title.value) == title
    assert block.header.text == text.replace("{}", "{ }").removesuffix("{ }").rstrip()
    assert block.span.text == text


def test_declarations_without_braces_follow_each_other() -> None:
    file = sound('need a "A" need b "B"\nneed c\nrole d: e\nlet x = 3 flow f { stop } use "../h" as h')
    assert [type(found).__name__ for found in file.declarations] == [*["Block"] * 4, "Let", "FlowDeclaration", "Use"]


def test_use_let_and_flow() -> None:
    use, let, flow = sound(
        'use "../house" as house let grown_up = age(born) >= 18y '
        "flow reminder(gap: Duration = 3d, who: List<Role>) { wait 2d }"
    ).declarations
    assert isinstance(use, n.Use)
    assert (use.path.value, use.name and use.name.text) == ("../house", "house")
    assert isinstance(let, n.Let)
    assert isinstance(let.value, n.Comparison)
    assert isinstance(flow, n.FlowDeclaration)
    gap, who = flow.parameters
    assert (gap.name.text, gap.type.name.text, isinstance(gap.default, n.Length)) == ("gap", "Duration", True)
    assert (who.type.name.text, words(who.type.arguments[0].name)) == ("List", "Role")  # type: ignore[union-attr]
    assert flow.header.text == "flow reminder(gap: Duration = 3d, who: List<Role>)"
    assert len(flow.flow.steps) == 1


def test_a_use_needs_no_name() -> None:
    assert declaration('use "../house"').name is None


def test_fields_take_values_with_commas_and_need_no_lines() -> None:
    first, second, third = declaration('a b { segment: x, y.z in: "b"  at: 3 }').items
    assert (first.name.text, words(first.values)) == ("segment", "x, y.z")
    assert (second.name.text, third.name.text) == ("in", "at")


@pytest.mark.parametrize("word", ["send", "wait", "flow", "on", "not", "where", "was", "use", "let", "per", "across"])
def test_any_word_is_a_field_and_a_value(word: str) -> None:
    field = item(f"{word}: a.{word}, flow_{word}")
    assert (field.name.text, words(field.values)) == (word, f"a.{word}, flow_{word}")


def test_edges() -> None:
    edges = declaration("journey x { a, b -> c, d.e: f, g.h  i -> j  k -> l, m, n.o: p }").items
    assert [(words(e.sources), words(e.targets), words(e.labels)) for e in edges] == [
        ("a, b", "c, d.e", "f, g.h"),
        ("i", "j", ""),
        ("k", "l, m, n.o", "p"),
    ]
    assert [edge.span.text for edge in edges][1] == "i -> j"


def test_an_edge_with_two_arrows_is_two_edges_and_a_finding() -> None:
    problem = finding("map x { father -> mother -> teenager: strong }")
    assert problem.code.name == "chained-edge"
    assert "`father -> mother`" in (problem.help or "")
    assert "`mother -> teenager: strong`" in (problem.help or "")


def test_nested_blocks() -> None:
    roles, level, lapsed, person = declaration(
        'a b { roles { x: y } level lapsed: repeat "Tabt" { when: z } level lost "L" person per { } }'
    ).items
    assert (roles.kind.text, roles.name, len(roles.items)) == ("roles", None, 1)
    assert (words(level.name), words(level.parent), level.title.value) == ("lapsed", "repeat", "Tabt")
    assert (lapsed.title.value, lapsed.items) == ("L", ())
    assert (person.kind.text, person.name.text) == ("person", "per")


def test_docs_belong_to_what_follows() -> None:
    text = """
/// Om planen.
///   To linjer.
plan x {
  /// Om feltet.
  a: b
  /// Om blokken.
  c { }
  /// Om kanten.
  d -> e
  /// Om flowet.
  flow {
    /// Om trinnet.
    go: ask "Q" within 2d {
      /// Om svaret.
      replied -> stop
    }
  }
}
/// Om let.
let x = 3
"""
    plan, let = sound(text).declarations
    assert isinstance(plan, n.Block)
    assert (plan.doc, let.doc) == ("Om planen.\n  To linjer.", "Om let.")
    assert [item.doc for item in plan.items] == ["Om feltet.", "Om blokken.", "Om kanten.", "Om flowet."]
    flow = plan.items[-1]
    assert isinstance(flow, n.Flow)
    ask = flow.steps[0]
    assert isinstance(ask, n.Ask)
    assert (ask.doc, ask.arms[0].doc) == ("Om trinnet.", "Om svaret.")


def test_docs_before_nothing_are_told() -> None:
    problem = finding("plan x { a: /// hvad\n b }")
    assert (problem.code.name, problem.level.value) == ("lost-doc", "warning")
    assert finding("plan x { }\n/// a\n/// b").span is not None


def test_letters_with_loose_accents_are_the_same_letters() -> None:
    assert declaration("need pa\u030a").name.text == "p\u00e5"


def test_white_space_of_every_kind() -> None:
    assert len(sound("\ufeffneed a\r\n\u00a0need b\rneed\tc\u200b").declarations) == 3
