"""Remarks survive, and stand at what they are about."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.syntax.reading import everything, sound

TEXT = """# about the file
# about the plan
plan x {   # at the opening
  # above a
  a: b     # behind a
  c {
    # alone in c
  }        # behind c
  d -> e: f # behind the edge
  flow {
    # above the step
    send email x # behind the step
    ask "Q # no remark" within 2d {
      replied -> stop # behind the arm
      # above nothing
      nothing -> stop
    }
    # last in the flow
  }
  # last in x
}
# at the end
"""
BELONGS = {
    "about the file": "plan",
    "about the plan": "plan",
    "at the opening": "plan",
    "above a": "a: b",
    "behind a": "a: b",
    "alone in c": "c {",
    "behind c": "c {",
    "behind the edge": "d -> e: f",
    "above the step": "send email x",
    "behind the step": "send email x",
    "behind the arm": "replied -> stop",
    "above nothing": "nothing -> stop",
    "last in the flow": "flow {",
    "last in x": "plan",
    "at the end": "plan",
}


def belonging(text: str) -> dict[str, list[Any]]:
    """For each remark the nodes that have it."""
    found: dict[str, list[Any]] = {}
    for node in everything(sound(text).declarations):
        for comment in getattr(node, "comments", ()):
            found.setdefault(comment.text, []).append(node)
    return found


@pytest.mark.parametrize("comment", BELONGS)
def test_a_remark_belongs_to_one_node(comment: str) -> None:
    (owner,) = belonging(TEXT)[comment]
    assert owner.span.text.startswith(BELONGS[comment])


def test_a_file_has_all_its_remarks_in_order() -> None:
    comments = sound(TEXT).comments
    assert [comment.text for comment in comments] == list(BELONGS)
    assert [comment.text for comment in comments if not comment.own_line] == [
        "at the opening", "behind a", "behind c", "behind the edge", "behind the step", "behind the arm",
    ]  # fmt: skip


def test_a_file_of_remarks_only() -> None:
    file = sound("# a\n#b\n#\n")
    assert ([comment.text for comment in file.comments], file.declarations) == (["a", "b", ""], ())


def test_remarks_and_places_do_not_count_when_nodes_are_compared() -> None:
    assert sound("plan x { a: b # c\n }") == sound("plan x {\n\n a:b }")
    assert sound("plan x { a: b }") != sound("plan x { a: c }")
