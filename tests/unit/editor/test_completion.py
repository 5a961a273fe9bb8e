"""What could be written at the cursor."""

from __future__ import annotations

import pytest
from lsprotocol import types as lsp

from tests.unit.editor.desk import Desk, Doc, applied

pytestmark = pytest.mark.asyncio(loop_scope="session")

MORE = """
team fitters "Fitters" { members: "f@example.com" }
let grown = car_age >= 3
event called_back "Called back" { from: phone }
event visited "Visited" { from: web }
flow told(letter: Message, pause: Duration = 2d) { send email letter wait pause }
"""


async def proposed(doc: Doc) -> list[lsp.CompletionItem]:
    found = await doc.desk.client.text_document_completion_async(lsp.CompletionParams(**doc.here))
    assert isinstance(found, lsp.CompletionList)
    return sorted(found.items, key=lambda item: item.sort_text or item.label)


async def labels(desk: Desk, text: str) -> list[str]:
    desk.write("others.grid", MORE)
    return [item.label for item in await proposed(desk.beside(text))]


async def test_outside_of_blocks_whole_declarations(desk: Desk) -> None:
    found = await labels(desk, '¤\n\nneed quiet "Quiet"\n')
    assert {"campaign", "segment", "let", "use", "flow", "test"} <= set(found)


async def test_a_parent_behind_a_colon(desk: Desk) -> None:
    found = await labels(desk, "channel showroom: ¤")
    assert {"email", "meeting", "phone"} <= set(found)
    assert "hello" not in found


async def test_fields_by_kind_needed_ones_first_and_none_twice(desk: Desk) -> None:
    found = await labels(desk, "segment young {\n  size: 3\n  ¤\n}")
    assert found[0] == "where:"
    assert "persona:" in found
    assert "size:" not in found


async def test_fields_of_a_block_in_a_block(desk: Desk) -> None:
    assert "purpose:" in await labels(desk, "journey j {\n  phase one {\n    ¤\n  }\n}")


@pytest.mark.parametrize(
    ("text", "there", "missing"),
    [
        ("campaign c { segment: ¤ }", {"families"}, {"contact", "hello"}),
        ("campaign c { phase: contact, ¤ }", {"sale", "standby"}, {"families"}),
        ("campaign c { role: ¤ }", {"target", "approver"}, {"sale"}),
        ("campaign c { relation: ¤ }", {"first_purchase"}, {"sale"}),
        ("campaign c { owner: ¤ }", {"fitters", "desk"}, {"email"}),
        ("campaign c { reentry: ¤ }", {"always", "once"}, {"sale"}),
        ("channel c { reach: ¤ }", {"person", "audience", "mass", "earned"}, {"sale"}),
        ("channel c { inbound: ¤ }", {"yes", "no"}, {"email"}),
        ("team t { days: ¤ }", {"workdays", "monday"}, {"sale"}),
        ("team t { capacity: ¤ }", {"25 per calendar day"}, set()),
        ("event e { from: ¤ }", {"web", "phone"}, {"families"}),
        ("fields account { turnover: ¤ }", {"Money", "Text", "List", "OneOf"}, {"email"}),
        ("map m { roles { ¤ } }", {"mother:"}, set()),
        ("map m { roles { mother: target, ¤ } }", {"approver", "influencer"}, {"mother"}),
    ],
)
async def test_names_and_words_by_what_the_field_takes(
    desk: Desk, text: str, there: set[str], missing: set[str]
) -> None:
    if "mother" in text or "mother:" in there:
        desk.write("people.grid", 'person mother "Mother" { known: no }\n')
    found = set(await labels(desk, text))
    assert there <= found
    assert not missing & found


async def test_a_condition_offers_attributes_functions_and_lets(desk: Desk) -> None:
    found = await labels(desk, "segment s { where: car_age > 3 and ¤ }")
    assert {"email", "grown", "has", "ever", "count"} <= set(found)


async def test_a_comparison_offers_what_the_attribute_allows(desk: Desk) -> None:
    assert set(await labels(desk, "segment s { where: kind == ¤ }")) == {'"private"', '"company"'}


async def test_a_function_over_events_offers_events(desk: Desk) -> None:
    found = await labels(desk, "segment s { where: ever(¤ }")
    assert {"purchase", "visited"} <= set(found)
    assert "email" not in found


async def test_verbs_where_a_step_begins(desk: Desk) -> None:
    found = await labels(desk, "campaign c {\n  flow {\n    send email hello\n    ¤\n  }\n}")
    assert {"send", "wait", "ask", "choose", "split", "repeat", "move", "stop", "notify", "run", "at", "else"} <= set(
        found
    )


async def test_channels_then_messages_then_clauses(desk: Desk) -> None:
    found = await labels(desk, "campaign c { flow { send ¤ } }")
    assert found.index("email") < found.index("tv")
    found = await labels(desk, "campaign c { flow { send email ¤ } }")
    assert found[0] in ("call_script", "hello")
    assert "or" in found
    found = await labels(desk, "campaign c { flow { task phone call_script by ¤ } }")
    assert set(found) >= {"desk", "fitters"}
    assert "call_script" not in found


async def test_a_medium_for_everybody_behind_show(desk: Desk) -> None:
    found = await labels(desk, "campaign c { flow { show ¤ } }")
    assert found.index("tv") < found.index("phone")


async def test_the_events_that_a_channel_brings_come_first(desk: Desk) -> None:
    found = await labels(
        desk, 'campaign c { flow {\n  task phone call_script by desk due 2d\n  ask "Well?" within 5d {\n    ¤\n  }\n} }'
    )
    assert found[0] == "the missing arms"
    assert found.index("called_back") < found.index("replied")
    assert found.index("visited") < found.index("replied")  # people come to the website by themselves


async def test_an_arm_that_is_there_is_not_offered(desk: Desk) -> None:
    found = await labels(
        desk,
        'campaign c { flow {\n  send email hello\n  ask "Well?" within 5d {\n    replied -> stop\n    ¤\n  }\n} }',
    )
    assert "replied" not in found
    assert "nothing" in found


async def test_the_missing_arms_as_one_proposal(desk: Desk) -> None:
    doc = desk.beside('campaign c { flow {\n  send email hello\n  ask "Well?" within 5d {\n    ¤\n  }\n} }')
    item = (await proposed(doc))[0]
    assert item.label == "the missing arms"
    assert item.insert_text_format is lsp.InsertTextFormat.Snippet
    assert isinstance(item.text_edit, lsp.TextEdit)
    assert "nothing -> " in item.text_edit.new_text
    assert "replied -> " in item.text_edit.new_text


async def test_only_phases_that_the_journey_allows_behind_move(desk: Desk) -> None:
    found = await labels(desk, "campaign c {\n  phase: standby\n  flow { send email hello -> move ¤ }\n}")
    assert "sale" in found
    assert "awareness" not in found


async def test_a_place_to_fill_in_lets_one_choose_among_the_names_of_the_plan(desk: Desk) -> None:
    declared = {item.label: text_of(item) for item in await proposed(desk.beside("¤\n"))}
    assert "segment: ${3|families,others|}" in declared["campaign"]
    assert "phase:   ${4|awareness,contact,sale,standby,loyalty|}" in declared["campaign"]
    assert "${5|buyer|}: target, approver" in declared["map"]
    assert "-> $5: " in declared["map"]
    doc = desk.beside("campaign c {\n  phase: standby\n  flow { send email hello -> ¤ }\n}")
    steps = {item.label: text_of(item) for item in await proposed(doc)}
    assert steps["move"] == "move ${1|sale|}"  # not to where the journey has no arrow
    assert steps["send"].endswith("${2|hello,call_script|}")


def text_of(item: lsp.CompletionItem) -> str:
    assert isinstance(item.text_edit, lsp.TextEdit)
    return item.text_edit.new_text


async def test_labels_behind_an_arrow_also_later_ones(desk: Desk) -> None:
    found = await labels(
        desk,
        'campaign c { flow {\n  one: send email hello\n  ask "Well?" within 5d { nothing -> ¤ }\n  later: wait 2d\n} }',
    )
    assert {"one", "later", "send", "move"} <= set(found)


async def test_a_flow_with_its_arguments(desk: Desk) -> None:
    desk.write("others.grid", MORE)
    doc = desk.beside("campaign c { flow { run ¤ } }")
    (item,) = [item for item in await proposed(doc) if item.label == "told"]
    assert isinstance(item.text_edit, lsp.TextEdit)
    assert item.text_edit.new_text == "told(${1:letter})"
    assert {"letter:", "hello"} <= set(await labels(desk, "campaign c { flow { run told(¤ } }"))


async def test_wait_until_a_day_and_for_an_event(desk: Desk) -> None:
    assert {"monday", "since_when"} <= set(await labels(desk, "campaign c { flow { wait until ¤ } }"))
    assert "replied" in await labels(desk, "campaign c { flow { wait for ¤ } }")


async def test_lines_of_a_test(desk: Desk) -> None:
    head = 'test "t" {\n  starts: 2027-02-01 08:00\n  person per { first_name: "Per" }\n'
    assert {"expect", "on", "enter"} <= set(await labels(desk, head + "  ¤\n}"))
    assert "contact" in await labels(desk, head + "  enter ¤\n}")
    assert {"send", "move", "skip"} <= set(await labels(desk, head + "  expect ¤\n}"))
    assert "email" in await labels(desk, head + "  expect send ¤\n}")
    assert await labels(desk, head + "  expect send email hello to ¤\n}") == ["per"]
    assert "consent" in await labels(desk, head + "  expect skip email hello because ¤\n}")
    assert {"email:", "mobile:"} <= set(await labels(desk, head.replace('"Per"', '"Per" ¤')))


async def test_attributes_in_a_template(desk: Desk) -> None:
    doc = desk.beside('message m { subject: "Hi {{ fir¤" }\n')
    (item,) = [item for item in await proposed(doc) if item.label == "first_name"]
    assert isinstance(item.text_edit, lsp.TextEdit)
    assert applied(doc.text, [item.text_edit]) == 'message m { subject: "Hi {{ first_name" }\n'


async def test_files_in_file(desk: Desk) -> None:
    desk.write("messages/hej.md", "Hej")
    doc = desk.beside('message m { body: file("mess¤") }\n')
    (item,) = [item for item in await proposed(doc) if item.label == "messages/hej.md"]
    assert isinstance(item.text_edit, lsp.TextEdit)
    assert applied(doc.text, [item.text_edit]) == 'message m { body: file("messages/hej.md") }\n'


async def test_names_behind_a_dot(desk: Desk) -> None:
    doc = desk.beside("plan second { journey: std.jou¤ }\n")
    (item,) = [item for item in await proposed(doc) if item.label == "std.journeys.marketing_grid"]
    assert isinstance(item.text_edit, lsp.TextEdit)
    assert applied(doc.text, [item.text_edit]) == "plan second { journey: std.journeys.marketing_grid }\n"


async def test_nothing_in_a_remark_and_nothing_on_a_mere_space(desk: Desk) -> None:
    assert await labels(desk, "# campaign ¤\n") == []
    doc = desk.beside("campaign c { ¤ }")
    context = lsp.CompletionContext(lsp.CompletionTriggerKind.TriggerCharacter, " ")
    found = await desk.client.text_document_completion_async(lsp.CompletionParams(**doc.here, context=context))
    assert isinstance(found, lsp.CompletionList)
    assert not found.items


async def test_a_mistake_before_and_behind_is_not_in_the_way(desk: Desk) -> None:
    found = await labels(desk, "campaign c {\n  phase: = sale\n  segment: ¤\n\nneed quiet { {{{ \n")
    assert "families" in found


async def test_rules_in_a_remark_that_allows_one(desk: Desk) -> None:
    doc = desk.beside('# grid: allow(unused-decl¤) sales will use it\nneed a "A"\n')
    (item,) = [item for item in await proposed(doc) if item.label == "unused-declaration"]
    assert item.detail == "L0107 · warning"
    assert applied(doc.text, [item.text_edit]).startswith("# grid: allow(unused-declaration) sales")  # type: ignore[list-item]
    assert "moves-to-open" in await labels(desk, "# grid: allow(lost-doc, ¤) both\n")
    assert await labels(desk, "# grid: ¤\n") == ["allow"]
    assert await labels(desk, "# we allow(¤) nothing\n") == []


async def test_what_the_account_has_done(desk: Desk) -> None:
    found = await labels(desk, "segment s { where: ¤ }\n")
    assert {"account.ever", "account.count"} <= set(found)
    assert found.index("ever") < found.index("account.ever")


async def test_texts_before_other_files(desk: Desk) -> None:
    desk.write("a.csv", "id\n")
    desk.write("messages/hej.md", "Hej")
    assert (await labels(desk, 'message m { body: file("¤") }\n'))[:2] == ["messages/hej.md", "a.csv"]
