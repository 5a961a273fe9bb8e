"""See while writing: hover, dates beside the steps, lenses, the drawing of a declaration."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lsprotocol import types as lsp
from lxml import etree
from pygls.exceptions import JsonRpcException

from tests.unit.editor.desk import Desk, Doc, applied, position

pytestmark = pytest.mark.asyncio(loop_scope="session")

STORY = """
rule calm "Calm" { cap: 2 per 7d across all }
team fitters "Fitters" { members: "f@example.com" }
channel visit: meeting "Visit" { cost: 350 DKK }
/// A message for those who wait.
message later "Later" { subject: "{{ first_name }}, æ 🎉"  body: "Your car is {{ car_age }} years old" }
message form "Form" { script: "Ask {{ first_name }}" }

segment grown "Grown" { where: car_age > 50  size: 12_000 }
campaign once {
  segment: grown
  phase:   sale
  flow { send email later }
}

/// Asks once and again.
campaign ask_again "Ask again" {
  segment: families
  phase:   contact
  flow {
    send email later at 09:00
    wait 2 workdays
    ask "Answered?" within 5d { replied -> stop  nothing -> call }
    call: task visit form by fitters due 1 workday { no_answer -> wait 1w -> call max 2 times else rest }
    rest: move standby
  }
}

test "Per hears nothing and is visited" {
  starts: 2027-03-22 08:00
  person per { first_name: "Per"  email: "per@example.dk"  car_age: 7  kind: "private"  consent: email }
  person ida { first_name: "Ida"  car_age: 1  kind: "private" }
  enter contact
  expect 2027-03-22 09:00 send email later to per
}

test "This one fails" {
  starts: 2027-03-22 08:00
  person per { first_name: "Per"  kind: "private" }
  enter contact
  expect send email later to per
}
"""


async def hovered(doc: Doc, word: str, nth: int = 0) -> str:
    params = lsp.HoverParams(doc.id, doc.at(word, nth=nth, inside=1))
    found = await doc.desk.client.text_document_hover_async(params)
    if found is None:
        return ""
    assert isinstance(found.contents, lsp.MarkupContent)
    return found.contents.value


async def test_a_name_tells_its_doc_and_where_it_stands_in_the_grid(desk: Desk) -> None:
    doc = desk.beside(STORY)
    found = await hovered(doc, "ask_again")
    assert 'campaign ask_again "Ask again"' in found
    assert "Asks once and again." in found
    assert "segment families × phase contact" in found
    assert "2 touches" in found


async def test_other_names(desk: Desk) -> None:
    doc = desk.beside(STORY)
    assert "at most 2 per 7d" not in await hovered(doc, "visit form")
    assert "one touch costs 350 DKK" in await hovered(doc, "visit form")
    assert "campaigns: ask_again" in await hovered(doc, "contact")
    assert "-> sale" in await hovered(doc, "contact")
    assert "OneOf" in await hovered(doc, 'kind: "private"')
    assert "rest: move standby" in await hovered(doc, "rest }")
    assert "Fitters" in await hovered(doc, "fitters due")


async def test_a_message_as_the_sample_reads_it(desk: Desk) -> None:
    doc = desk.beside(STORY)
    found = await hovered(doc, "later at")
    assert "A message for those who wait." in found
    assert "> Per, æ 🎉" in found
    assert "> Your car is 7 years old" in found


async def test_what_a_duration_comes_to(desk: Desk) -> None:
    doc = desk.beside(STORY)
    found = await hovered(doc, "2 workdays")
    assert re.match(r"2 workdays: from \w{3} \d+ \w{3} over .+ to \w{3} \d+ \w{3}", found)
    assert await hovered(doc, "5d") == "5d: from Mon 4 Jan to Sat 9 Jan"


async def test_what_a_date_is(desk: Desk) -> None:
    doc = desk.beside(
        "campaign c {\n  segment: families\n  phase: contact\n  starts: 2027-03-25\n  flow { send email hello }\n}\n"
        'test "t" {\n  starts: 2027-02-01 08:00\n  person per { kind: "private" }\n  enter contact\n}\n'
    )
    assert await hovered(doc, "2027-03-25") == "Thu 25 Mar 2027, week 12: Maundy Thursday, no workday"
    assert await hovered(doc, "2027-02-01 08") == "Mon 1 Feb 2027, week 5"


async def test_kinds_fields_and_verbs(desk: Desk) -> None:
    doc = desk.beside(STORY)
    assert "The content of a cell of the grid" in await hovered(doc, "campaign ask")
    assert "in which phases" in await hovered(doc, "phase:")
    assert "`wait` takes" in await hovered(doc, "wait 2")
    assert await hovered(doc, "{") == ""


async def hints(doc: Doc) -> dict[str, str]:
    """By the text of the line before the hint: its label."""
    everything = lsp.Range(lsp.Position(0, 0), lsp.Position(9999, 0))
    found = await doc.desk.client.text_document_inlay_hint_async(lsp.InlayHintParams(doc.id, everything))
    lines = doc.text.split("\n")
    shown = {}
    for hint in found or ():
        line = lines[hint.position.line].encode("utf-16-le")[: hint.position.character * 2].decode("utf-16-le")
        shown[line.strip()] = str(hint.label)
    return shown


async def test_dates_beside_the_steps(desk: Desk) -> None:
    doc = desk.beside(STORY)
    found = await hints(doc)
    assert found["send email later at 09:00"] == "Mon 22 Mar 09:00"
    assert found["wait 2 workdays"] == "→ Wed 24 Mar 09:00"
    assert found['ask "Answered?" within 5d { replied -> stop  nothing -> call }'].startswith("→ nothing Mon 29 Mar")
    assert found["segment: grown"] == "12,000"
    assert found["call: task visit"] == "350 DKK"
    task = next(label for line, label in found.items() if line.startswith("call: task visit form by"))
    assert task == "Tue 30 Mar 09:00 · due Wed 31 Mar 09:00"


async def test_another_sample(desk: Desk) -> None:
    doc = desk.beside(STORY)
    ask = desk.client.protocol.send_request_async
    found: Any = await ask("gridlang/samples", {"textDocument": {"uri": doc.uri}})
    ids = [each.id for each in found.samples]
    assert ids[0] == found.chosen
    assert len(ids) >= 3
    ida = next(id for id in ids if id.endswith(":ida"))
    await ask("gridlang/chooseSample", {"textDocument": {"uri": doc.uri}, "id": ida})
    assert (await hints(doc))["send email later at 09:00"].startswith("skipped (consent) Mon 22 Mar")
    with pytest.raises(JsonRpcException, match="nobody"):
        await ask("gridlang/chooseSample", {"textDocument": {"uri": doc.uri}, "id": "nobody"})


async def test_a_sample_of_the_file_of_persons(desk: Desk) -> None:
    desk.write("persons.csv", "id,first_name,kind,email,consent,car_age\nk1,Eva,private,eva@example.dk,email,4\n")
    doc = desk.beside(STORY)
    ask = desk.client.protocol.send_request_async
    await ask("gridlang/chooseSample", {"textDocument": {"uri": doc.uri}, "id": "row:k1"})
    assert "> Eva, æ 🎉" in await hovered(doc, "later at")


async def test_hints_stay_while_something_else_is_broken(desk: Desk) -> None:
    doc = desk.beside(STORY)
    assert await hints(doc)
    doc.to("message broken { subject: \n" + STORY)
    assert (await hints(doc))["send email later at 09:00"] == "Mon 22 Mar 09:00"


async def test_lenses_of_campaigns_and_tests(desk: Desk) -> None:
    doc = desk.beside(STORY)
    found = await desk.client.text_document_code_lens_async(lsp.CodeLensParams(doc.id))
    titles = [lens.command.title for lens in found or () if lens.command]
    assert titles == ["1 touch, at most 2 per 7d, reaches 12,000", "2 touches, at most 2 per 7d, 350 DKK"]
    told = [await desk.client.code_lens_resolve_async(lens) for lens in found or () if not lens.command]
    assert [lens.command.title[:1] for lens in told if lens.command] == ["✓", "✗"]


async def preview(doc: Doc, word: str) -> Any:
    place = doc.at(word)
    params = {"textDocument": {"uri": doc.uri}, "position": {"line": place.line, "character": place.character}}
    return await doc.desk.client.protocol.send_request_async("gridlang/preview", params)


async def test_the_flowchart_of_the_campaign_under_the_cursor(desk: Desk) -> None:
    doc = desk.beside(STORY)
    found = await preview(doc, "wait 2")
    assert (found.kind, found.name, found.stale) == ("campaign", "ask_again", False)
    tree = etree.fromstring(found.svg.encode())
    elements = {element.get("id") for element in tree.iter() if element.get("id")}
    assert {step.element for step in found.steps} <= elements
    assert found.step in [step.id for step in found.steps]
    assert found.step == "send:email:later.wait1"
    used = set(re.findall(r'href="#(mark-[\w-]+)"', found.svg))
    assert used <= elements
    call = next(step for step in found.steps if step.id == "call")
    assert call.range.start.line == doc.at("call: task").line


async def test_a_preview_of_a_broken_campaign_is_the_last_whole_one(desk: Desk) -> None:
    doc = desk.beside(STORY)
    assert not (await preview(doc, "wait 2")).stale
    doc.to(STORY.replace("wait 2 workdays", "wait 2 workdays -> -> {"))
    found = await preview(doc, "ask_again")
    assert found.stale
    assert found.svg.startswith("<svg")
    doc.to(STORY + "\nmessage broken { {{{ ")
    assert not (await preview(doc, "wait 2")).stale


async def test_a_map_and_a_journey(desk: Desk) -> None:
    doc = desk.beside(
        'person mother "Mother" { when: car_age > 1 }\nmap circle "Circle" {\n  segment: families\n  phase: sale\n'
        "  roles { mother: target, approver }\n}\n"
    )
    found = await preview(doc, "roles")
    assert (found.kind, found.name) == ("map", "circle")
    assert "Mother" in found.svg
    assert (await preview(doc, "mother: target")).step == "mother"
    (mother,) = found.steps
    assert mother.range.start.line == doc.at("mother: target").line
    assert mother.element in {element.get("id") for element in etree.fromstring(found.svg.encode()).iter()}
    plan = desk.open("plan.grid")
    assert (await preview(plan, "period")).kind == "plan"
    assert await preview(doc, "person") is None


async def test_a_flow_as_the_campaign_has_it_that_runs_it(desk: Desk) -> None:
    doc = desk.beside(
        "flow told(letter: Message) {\n  send email letter\n  wait 2d\n"
        '  ask "Well?" within 5d { replied -> stop  nothing -> done }\n  done: wait 1d\n}\n'
        "campaign c {\n  segment: families\n  phase: sale\n  flow { run told(hello) -> move loyalty }\n}\n"
    )
    found = await preview(doc, "wait 2d")
    assert (found.kind, found.name) == ("flow", "told")
    assert found.steps[0].id == "told/send:email:hello"
    elements = {element.get("id") for element in etree.fromstring(found.svg.encode()).iter()}
    assert {step.element for step in found.steps} <= elements
    assert found.step is not None
    assert found.step.endswith("wait1")


async def test_formatting_a_text_and_a_part(desk: Desk) -> None:
    doc = desk.beside('need   quiet    "Quiet"\n\nmessage   m {subject:"x"\n body : "y" }\n')
    options = lsp.FormattingOptions(tab_size=2, insert_spaces=True)
    found = await desk.client.text_document_formatting_async(lsp.DocumentFormattingParams(doc.id, options))
    assert applied(doc.text, found or ()).startswith('need quiet "Quiet"\n\nmessage m {\n  subject: "x"')
    part = lsp.Range(position(doc.text, 0), position(doc.text, 5))
    params = lsp.DocumentRangeFormattingParams(doc.id, part, options)
    found = await desk.client.text_document_range_formatting_async(params)
    assert applied(doc.text, found or ()) == 'need quiet "Quiet"\n\nmessage   m {subject:"x"\n body : "y" }\n'


async def test_the_shape_of_what_is_written(desk: Desk) -> None:
    flow = "flow told(letter: Message, pause: Duration = 2d) { send email letter wait pause }\n"
    for text, label, active in (
        ("campaign c { flow { run told(hello, ¤ ) } }", "told(letter: Message, pause: Duration = 2d)", 1),
        ("segment s { where: count(¤ }", "count(event [where …] [, within: 30d])", None),
        ("campaign c { flow { task phone ¤ } }", "task CHANNEL", None),
    ):
        doc = desk.beside(flow + text)
        found = await desk.client.text_document_signature_help_async(lsp.SignatureHelpParams(**doc.here))
        assert found is not None
        assert found.signatures[0].label.startswith(label)
        assert found.active_parameter == active


async def test_colours_by_meaning(desk: Desk) -> None:
    doc = desk.beside('/// Doc\nmessage hi "🎉" { subject: "æ" }\ncampaign c { flow { send email hi } }\n')
    found = await desk.client.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(doc.id))
    assert found is not None
    provider = (
        desk.client.protocol.server_capabilities if hasattr(desk.client.protocol, "server_capabilities") else None
    )
    del provider
    from gridlang.editor.features.tokens import TYPES

    lines, line, column, shown = doc.text.split("\n"), 0, 0, []
    for at in range(0, len(found.data), 5):
        down, right, length, type, _ = found.data[at : at + 5]
        line, column = line + down, right if down else column + right
        word = lines[line].encode("utf-16-le")[column * 2 : (column + length) * 2].decode("utf-16-le")
        shown.append((word, TYPES[type]))
    assert shown == [
        ("/// Doc", "comment"),
        ("message", "keyword"),
        ("hi", "class"),
        ('"🎉"', "string"),
        ("subject", "property"),
        ('"æ"', "string"),
        ("campaign", "keyword"),
        ("c", "function"),
        ("flow", "keyword"),
        ("send", "keyword"),
        ("email", "interface"),
        ("hi", "class"),
    ]
