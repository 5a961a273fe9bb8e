"""The way out of a finding, taken; and what can be done with what is selected."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types as lsp

from gridlang.editor import disk
from tests.unit.editor.desk import SMALL_PLAN, Desk, Doc, applied, position

pytestmark = pytest.mark.asyncio(loop_scope="session")

ASK = """campaign c {
  segment: families
  phase:   contact
  flow {
    send email hello
    ask "Well?" within 5d {
      replied -> move sale
    }
  }
}
"""


async def offered(
    doc: Doc, word: str, end: str | None = None, only: list[str] | None = None
) -> dict[str, lsp.CodeAction]:
    """The actions from a word on (to the end of another), by title."""
    start = doc.at(word)
    last = position(doc.text, doc.text.index(end) + len(end)) if end else start
    context = lsp.CodeActionContext(diagnostics=[], only=only)  # type: ignore[arg-type]
    params = lsp.CodeActionParams(doc.id, lsp.Range(start, last), context)
    found = await doc.desk.client.text_document_code_action_async(params)
    return {each.title: each for each in found or () if isinstance(each, lsp.CodeAction)}


def taken(doc: Doc, action: lsp.CodeAction) -> dict[str, str]:
    """The texts after an action, by file."""
    assert action.edit is not None
    texts = {}
    for uri, edits in (action.edit.changes or {}).items():
        path = disk.path_of(uri)
        assert path is not None
        old = next((each.text for each in doc.desk.docs if each.uri == uri), None)
        plain = [edit for edit in edits if isinstance(edit, lsp.TextEdit)]
        texts[Path(path).name] = applied(Path(path).read_text("utf-8") if old is None else old, plain)
    return texts


async def mended(desk: Desk, text: str, word: str, title: str) -> str:
    """The text after an action; the plan has no errors then."""
    doc = desk.beside(text)
    found = await offered(doc, word)
    assert title in found, list(found)
    after = taken(doc, found[title])
    for name, new in after.items():
        if name == doc.name:
            doc.to(new)
        else:
            desk.open(name, new)
    await desk.until(doc.uri, lambda found: all(each.severity != lsp.DiagnosticSeverity.Error for each in found))
    return after.get(doc.name, doc.text)


async def test_the_fix_of_a_finding(desk: Desk) -> None:
    doc = desk.beside('message hi "Hi" { subjekt: "Hi" }\n')
    action = (await offered(doc, "subjekt"))["Write `subject`"]
    assert action.kind == lsp.CodeActionKind.QuickFix
    assert action.is_preferred
    assert [each.code for each in action.diagnostics or ()] == ["G0202"]
    assert taken(doc, action)["more.grid"] == 'message hi "Hi" { subject: "Hi" }\n'


@pytest.mark.parametrize(
    ("text", "word", "title"),
    [
        (
            "campaign c { segment: families phase: sale flow { send email later } }",
            "later",
            "Create the message `later`",
        ),
        ("segment s { where: ever(signed) }", "signed", "Create the event `signed`"),
        ("kpi k { counts: signed }", "signed", "Create the event `signed`"),
        (
            "campaign c { segment: dreamers phase: sale flow { send email hello } }",
            "dreamers",
            "Create the segment `dreamers`",
        ),
        (
            "campaign c { segment: families phase: sale flow { task phone call_script by fitters due 2d } }",
            "fitters",
            "Create the team `fitters`",
        ),
        ('message m { subject: "x" answers: dear }', "dear", "Create the barrier `dear`"),
        ("campaign c { segment: families phase: sale flow { run told } }", "told", "Create the flow `told`"),
    ],
)
async def test_create_what_is_missing(desk: Desk, text: str, word: str, title: str) -> None:
    doc = desk.beside(text + "\n")
    found = await offered(doc, word)
    fitting = next((each for name, each in found.items() if name.startswith(title)), None)
    assert fitting is not None, list(found)
    for name, new in taken(doc, fitting).items():
        if name == doc.name:
            doc.to(new)
        else:
            desk.open(name, new)
    await desk.until(doc.uri, lambda found: all(each.severity != lsp.DiagnosticSeverity.Error for each in found))


async def test_add_the_arm_for_those_who_keep_silent(desk: Desk) -> None:
    after = await mended(desk, ASK, 'ask "Well', "Add the arm `nothing -> stop`")
    assert "      replied -> move sale\n      nothing -> stop\n    }\n" in after


async def test_add_all_missing_arms(desk: Desk) -> None:
    doc = desk.beside(ASK)
    found = await offered(doc, 'ask "Well')
    title = next(title for title in found if title.startswith("Add the missing arms"))
    after = taken(doc, found[title])["more.grid"]
    assert "nothing           -> stop" in after
    assert after.count("replied ") == 1
    assert after.count(" -> stop") > 2


async def test_the_arms_stand_under_each_other_and_the_journey_makes_none_of_them_idle(desk: Desk) -> None:
    text = ASK.replace("phase: sale", "phase: contact").replace("move sale", "stop")
    doc = desk.beside(text)
    found = await offered(doc, 'ask "Well')
    title = next(title for title in found if title.startswith("Add the missing arms"))
    after = taken(doc, found[title])["more.grid"]
    assert "declined" not in after  # on it the journey moves from contact to standby by itself
    assert "      replied           -> stop\n      clicked           -> stop\n" in after
    doc.to(after)
    await desk.until(doc.uri, lambda found: all(each.severity != lsp.DiagnosticSeverity.Error for each in found))


async def test_add_a_time(desk: Desk) -> None:
    text = ASK.replace(" within 5d", "").replace("move sale\n", "move sale\n      nothing -> stop\n")
    after = await mended(desk, text, '"Well', "Add `within 5d`")
    assert 'ask "Well?" within 5d {' in after


async def test_give_a_task_its_team_and_its_end(desk: Desk) -> None:
    text = "campaign c {\n  segment: families\n  phase: sale\n  flow { task phone call_script due 2d }\n}\n"
    assert "call_script by desk due" in await mended(desk, text, "task", "Give it to `desk`")
    head = "campaign c {\n  segment: families\n  phase: sale\n"
    text = head + "  flow { task phone call_script by desk { done -> stop } }\n}\n"
    assert "by desk due 2 workdays {" in await mended(desk, text, "task", "Add `due 2 workdays`")


async def test_delete_what_nothing_uses(desk: Desk) -> None:
    text = '# A remark about it.\n/// And a doc.\nneed quiet "Quiet"\n\nneed fame "Fame"\n'
    doc = desk.beside(text)
    found = await offered(doc, "quiet")
    assert taken(doc, found["Delete `quiet`"])["more.grid"] == 'need fame "Fame"\n'
    at_the_end = desk.beside('need quiet "Quiet"\n\nneed fame "Fame"\n')
    found = await offered(at_the_end, "fame")
    assert taken(at_the_end, found["Delete `fame`"])["more.grid"] == 'need quiet "Quiet"\n'


async def test_allow_a_finding_with_a_reason(desk: Desk) -> None:
    doc = desk.beside('need quiet "Quiet"\n')
    await doc.findings("L0107")
    found = await offered(doc, "quiet")
    after = taken(doc, found["Allow `unused-declaration` here, with a reason"])["more.grid"]
    assert after.startswith("# grid: allow(unused-declaration) ")
    doc.to(after)
    await doc.findings()


async def test_a_campaign_for_an_empty_cell(desk: Desk) -> None:
    start = SMALL_PLAN.index("campaign everywhere")
    desk.write("plan.grid", SMALL_PLAN[:start] + SMALL_PLAN[SMALL_PLAN.index("campaign calls") :])
    text = (
        'person mother "Mother" { when: has(car_age) }\n'
        "map circle {\n  segment: families\n  phase: loyalty\n  roles { mother: target, approver }\n}\n"
    )
    doc = desk.open("more.grid", text)
    await desk.until(doc.uri, lambda found: "L0102" in [each.code for each in found])
    found = await offered(doc, "circle")
    title = next(title for title in found if title == "Add a campaign for target, approver in loyalty")
    for name, new in taken(doc, found[title]).items():
        (doc.to(new) if name == doc.name else desk.open(name, new))
    await desk.until(doc.uri, lambda found: "L0102" not in [each.code for each in found])
    await desk.until(doc.uri, lambda found: all(each.severity != lsp.DiagnosticSeverity.Error for each in found))


async def test_extract_steps_to_a_flow(desk: Desk) -> None:
    text = (
        "campaign c {\n  segment: families\n  phase:   sale\n  flow {\n    send email hello\n    wait 2d\n"
        "    send letter hello\n    again: wait 9d -> send sms hello -> again max 2 times\n  }\n}\n"
    )
    doc = desk.beside(text)
    found = await offered(doc, "wait 2d", "send letter hello")
    action = found["Extract the selected steps to the flow `extracted`"]
    after = taken(doc, action)["more.grid"]
    assert "    send email hello\n    run extracted\n    again:" in after
    assert after.endswith("\n\nflow extracted() {\n  wait 2d\n  send letter hello\n}\n")
    doc.to(after)
    await desk.until(doc.uri, lambda found: all(each.severity != lsp.DiagnosticSeverity.Error for each in found))


async def test_no_flow_is_extracted_that_arrows_would_leave(desk: Desk) -> None:
    text = (
        "campaign c {\n  segment: families\n  phase:   sale\n  flow {\n    again: send email hello\n    wait 2d\n"
        "    send letter hello -> again max 2 times\n  }\n}\n"
    )
    doc = desk.beside(text)
    assert not [title for title in await offered(doc, "wait 2d", "max 2 times") if title.startswith("Extract")]


async def test_all_safe_fixes_at_once(desk: Desk) -> None:
    doc = desk.beside('# grid: allow(unused-declaration) nobody needs it\nneed quiet "Quiet"\n')
    assert not await offered(doc, "quiet", only=["source.fixAll"])
    assert set(await offered(doc, "quiet", only=["refactor"])) == set()


async def test_a_letter_of_two_units_before_the_place(desk: Desk) -> None:
    doc = desk.beside('message hi "🎉" { body: "🎉🎉"  subjekt: "Hi" }\n')
    action = (await offered(doc, "subjekt"))["Write `subject`"]
    assert taken(doc, action)["more.grid"] == 'message hi "🎉" { body: "🎉🎉"  subject: "Hi" }\n'
