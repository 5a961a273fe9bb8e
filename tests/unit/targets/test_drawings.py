"""The drawings, read back from their SVG: well-formed, nothing overlaps, nothing falls outside."""

from __future__ import annotations

import itertools
import re
import time
from pathlib import Path

import attrs
import pytest

from gridlang.schedule import model as m
from gridlang.schedule import steps as s
from gridlang.targets.drawing.flowchart import flowchart
from gridlang.targets.drawing.layout import Edge, Graph, Node, layout
from gridlang.targets.drawing.picture import Group, Text, svg
from gridlang.targets.drawing.ring import Arrow, ring
from gridlang.targets.words import words_for
from gridlang.targets.words.names import Names
from tests.unit.schedule import sample
from tests.unit.targets import plans
from tests.unit.targets.drawn import SVG, parsed, pictures, texts

NASTY = {
    "script": "<script>alert('x')</script>",
    "quotes": "\"'`&amp;<>]]>",
    "lines": "first\nsecond\r\n\tthird\x00\x08",
    "right to left": "שלום \u202eolleh\u202c مرحبا",
    "long": "Ærø " * 2_500,
    "one long word": "ø" * 10_000,
    "emoji": "🚗👨‍👩‍👧‍👦 Familie 🇩🇰",
    "nothing": " ",
}
SCHEDULES = {
    "sample": sample.schedule(),
    "english": plans.in_language("en"),
    **{name: plans.rewritten(lambda _, text=text: text) for name, text in NASTY.items()},
}


@pytest.mark.parametrize("name", SCHEDULES)
def test_drawings_are_well_formed_and_no_texts_overlap(name: str) -> None:
    for picture in pictures(SCHEDULES[name]):
        boxes = texts(parsed(picture))
        assert boxes
        for one, other in itertools.combinations(boxes, 2):
            assert not one.overlaps(other), (picture.id, one, other)


@pytest.mark.parametrize("name", SCHEDULES)
def test_texts_stay_inside_the_drawing(name: str) -> None:
    for picture in pictures(SCHEDULES[name]):
        for box in texts(parsed(picture)):
            assert box.left >= -0.5, (picture.id, box)
            assert box.right <= picture.width + 0.5, (picture.id, box)
            assert box.top >= -0.5, (picture.id, box)
            assert box.bottom <= picture.height + 0.5, (picture.id, box)


def test_texts_of_a_card_stay_inside_its_box() -> None:
    for picture in pictures(sample.schedule()):
        for group in parsed(picture).iter(f"{SVG}g"):
            body = next((box for box in group.iter(f"{SVG}rect") if box.get("class") == "body"), None)
            if body is not None:
                left, wide = float(body.get("x", "nan")), float(body.get("width", "nan"))
                for box in texts(group):
                    assert left - 0.5 <= box.left, (picture.id, box)
                    assert box.right <= left + wide + 0.5, (picture.id, box)


def test_texts_of_a_diamond_stay_inside_its_edges() -> None:
    (ask,) = (each for each in pictures(sample.schedule()) if each.id == "flowchart-invite")
    (diamond,) = (group for group in parsed(ask).iter(f"{SVG}g") if group.get("class") == "node ask")
    corners = [float(part) for part in re.findall(r"-?[\d.]+", diamond.find(f".//{SVG}path").get("d", ""))]
    across, down = corners[::2], corners[1::2]
    x, y = (min(across) + max(across)) / 2, (min(down) + max(down)) / 2
    for box in texts(diamond):
        for corner in itertools.product((box.left, box.right), (box.top, box.bottom)):
            inside = abs(corner[0] - x) / (max(across) - x) + abs(corner[1] - y) / (max(down) - y)
            assert inside <= 1, box


def test_drawings_tell_what_they_are() -> None:
    for picture in pictures(sample.schedule()):
        root = parsed(picture)
        assert root.get("role") == "group"
        assert [each.tag.removeprefix(SVG) for each in root[:2]] == ["title", "desc"]
        assert [each.text for each in root[:2]] == [picture.title, picture.description]
        ids = [each.get("id") for each in root.iter() if each.get("id")]
        assert len(ids) == len(set(ids))


def test_ids_are_those_of_the_plan_and_stay_when_a_step_comes_before() -> None:
    schedule = sample.schedule()
    campaign = sample.campaign(schedule, "invite")
    new = s.Wait(id="new", place=1, duration="1d", next=campaign.steps[0].id)
    longer = attrs.evolve(campaign, steps=(new, *campaign.steps))
    names = Names(schedule, words_for("da"))
    before, after = (set(_ids(names, each)) for each in (campaign, longer))
    assert before < after
    assert len(after - before) == 1


def _ids(names: Names, campaign: m.Campaign) -> list[str]:
    return [each.get("id", "") for each in parsed(flowchart(names, campaign)).iter(f"{SVG}g") if each.get("id")]


def test_drawing_twice_gives_the_same_bytes() -> None:
    assert [svg(each) for each in pictures(sample.schedule())] == [svg(each) for each in pictures(sample.schedule())]


def test_every_kind_of_step_is_drawn() -> None:
    schedule = sample.schedule()
    drawn = {
        style
        for picture in pictures(schedule)
        for group in parsed(picture).iter(f"{SVG}g")
        for style in group.get("class", "").split()
    }
    kinds = {"send", "show", "task", "wait", "ask", "choose", "split", "series", "move", "stop", "notify", "jump"}
    assert kinds <= drawn
    assert {"back", "quiet", "on"} <= drawn


def test_a_counted_arrow_says_its_count_and_leads_back() -> None:
    (invite,) = (each for each in pictures(plans.in_language("da")) if each.id == "flowchart-invite")
    arrows = [group for group in invite.groups if _words(group).startswith("igen, højst 3 gange")]
    assert [arrow.style for arrow in arrows] == ["arrow back"]


def _words(group: Group) -> str:
    return " ".join(shape.text for shape in group.shapes if isinstance(shape, Text))


def test_a_campaign_without_steps_is_a_start_alone() -> None:
    empty = attrs.evolve(sample.campaign(sample.schedule(), "dream"), steps=())
    picture = flowchart(Names(sample.schedule(), words_for("da")), empty)
    assert [group.style for group in picture.groups] == ["node start"]


def test_a_long_string_of_pearls_is_drawn() -> None:
    schedule = plans.chain(150)
    (picture,) = (each for each in pictures(schedule) if each.id == "flowchart-invite")
    assert sum(group.style == "node send" for group in picture.groups) == 150


def test_a_tangle_of_arrows_is_drawn_in_seconds() -> None:
    count = 80
    steps: list[s.Step] = []
    for at in range(count):
        arms = tuple(
            s.EventArm(events=(event,), next=f"m{to % count}", place=1)
            for event, to in (("replied", at * 7), ("clicked", at * 3 + 1))
        )
        then = f"m{at + 1}" if at + 1 < count else None
        steps.append(s.Send(id=f"m{at}", place=1, next=f"a{at}", channels=("email",), message="news"))
        steps.append(s.Ask(id=f"a{at}", place=1, question="?", within="5d", arms=arms, nothing=then, nothing_place=1))
    tangled = attrs.evolve(sample.campaign(sample.schedule(), "invite"), steps=tuple(steps))
    begin = time.monotonic()
    picture = flowchart(Names(sample.schedule(), words_for("da")), tangled)
    assert time.monotonic() - begin < 20
    assert sum(group.style == "node ask" for group in picture.groups) == count


def test_layout_takes_any_id_and_keeps_labels_apart() -> None:
    odd = ('a"b', "<b>", "\\n", "", "ø->å;{}", "graph")
    nodes = tuple(Node(each, 80, 40) for each in odd)
    pairs = itertools.permutations(odd[:4], 2)
    edges = tuple(
        Edge(id=f"<{number}>", source=one, target=other, label=(60, 20)) for number, (one, other) in enumerate(pairs)
    )
    placed = layout(Graph(nodes=nodes, edges=edges))
    assert set(placed.nodes) == set(odd)
    middles = [route.label for route in placed.edges.values() if route.label]
    assert len(middles) == len(edges)
    for one, other in itertools.combinations(middles, 2):
        assert abs(one[0] - other[0]) >= 59 or abs(one[1] - other[1]) >= 19
    assert placed == layout(Graph(nodes=nodes, edges=edges))


@pytest.mark.parametrize("phases", [1, 2, 3, 5, 8, 12])
def test_the_ring_keeps_phases_and_labels_apart(phases: int) -> None:
    sizes = tuple((90.0 + 7 * number, 40.0) for number in range(phases))
    ways = [(one, (one + 1) % phases) for one in range(phases) if phases > 1]
    ways += [(one, (one + 2) % phases) for one in range(phases) if phases > 3]
    made = ring(sizes, tuple(Arrow(one, other, (80, 44)) for one, other in ways))
    labels = [each for each in made.labels if each is not None]
    assert len(labels) == len(ways)
    assert not any(one.meets(other) for one, other in itertools.combinations([*made.things, *labels], 2))


def test_a_class_of_a_drawing_is_not_styled_as_something_else() -> None:
    """A rule for the page that caught a text of a drawing would change its size, and so its room."""
    style = (Path(__file__).parents[3] / "gridlang/targets/pages/templates/style.css").read_text(encoding="utf-8")
    drawn = {
        name
        for picture in pictures(sample.schedule())
        for element in parsed(picture).iter()
        for name in element.get("class", "").split()
    }
    selectors = [each.strip() for rule in re.findall(r"([^{}]+)\{", style) for each in rule.split(",")]
    for name in drawn - {"picture"}:
        loose = [
            each for each in selectors if re.match(rf"\.{name}(?![\w-])", each) and not re.fullmatch(r"\.p\d", each)
        ]
        assert not loose, name
