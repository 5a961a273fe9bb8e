"""Texts that are open, files that somebody else writes, folders that several plans share, settings."""

from __future__ import annotations

import pytest
from lsprotocol import types as lsp

from tests.unit.editor.desk import SMALL_PLAN, Desk
from tests.unit.editor.test_seeing import hovered

pytestmark = pytest.mark.asyncio(loop_scope="session")

LETTER = 'message letter "Letter" { body: file("letter.md") }\n'


def watched(desk: Desk, name: str) -> None:
    changes = [lsp.FileEvent((desk.folder / name).as_uri(), lsp.FileChangeType.Changed)]
    desk.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams(changes))


async def test_a_text_of_a_message_that_somebody_writes(desk: Desk) -> None:
    doc = desk.beside(LETTER)
    await desk.until(doc.uri, lambda found: "G0003" in [each.code for each in found] or bool(found))
    desk.write("letter.md", "Hello {{ nobody }}")
    watched(desk, "letter.md")
    await desk.until(doc.uri, lambda found: any("nobody" in each.message for each in found))
    desk.write("letter.md", "Hello {{ first_name }}")
    watched(desk, "letter.md")
    await desk.until(doc.uri, lambda found: not any("nobody" in each.message for each in found))


async def test_a_text_of_a_message_that_is_open_and_not_saved(desk: Desk) -> None:
    desk.write("letter.md", "Hello {{ first_name }}")
    doc = desk.beside(LETTER)
    await desk.until(doc.uri, lambda found: not any("nobody" in each.message for each in found))
    text = desk.open("letter.md")
    text.to("Hello {{ nobody }}")
    await desk.until(doc.uri, lambda found: any("nobody" in each.message for each in found))


async def test_a_file_that_came_and_one_that_went(desk: Desk) -> None:
    doc = desk.beside("campaign c { segment: families  phase: sale  flow { send email later } }\n")
    await desk.until(doc.uri, lambda found: "G0209" in [each.code for each in found])
    desk.write("words.grid", 'message later "Later" { subject: "Hi" }\n')
    watched(desk, "words.grid")
    await desk.until(doc.uri, lambda found: "G0209" not in [each.code for each in found])
    (desk.folder / "words.grid").unlink()
    watched(desk, "words.grid")
    await desk.until(doc.uri, lambda found: "G0209" in [each.code for each in found])


async def test_an_edit_that_was_never_saved_is_forgotten_when_the_text_is_closed(desk: Desk) -> None:
    desk.write("words.grid", 'message later "Later" { subject: "Hi" }\n')
    doc = desk.beside("campaign c { segment: families  phase: sale  flow { send email later } }\n")
    await desk.until(doc.uri, lambda found: "G0209" not in [each.code for each in found])
    words = desk.open("words.grid")
    words.to('message never "Never" { subject: "Hi" }\n')
    await desk.until(doc.uri, lambda found: "G0209" in [each.code for each in found])
    words.close()
    await desk.until(doc.uri, lambda found: "G0209" not in [each.code for each in found])


async def test_a_folder_that_a_plan_beside_it_imports_is_read_as_part_of_that_plan(desk: Desk) -> None:
    desk.write("../brand/plan.grid", 'use "../house" as house\n' + SMALL_PLAN)
    desk.write("../house/words.grid", 'message slogan "Slogan" { subject: "Hi {{ nobody }}" }\n')
    house = desk.open("../house/words.grid")
    uri = house.uri.replace("plan/../", "")
    found = await desk.until(uri if uri in desk.client.diagnostics else house.uri, bool)
    assert any("nobody" in each.message for each in found)
    assert not any("no plan" in each.message.lower() for each in found)


async def test_the_settings_of_a_plan_weigh_its_findings(desk: Desk) -> None:
    doc = desk.beside('need quiet "Quiet"\n')
    await doc.findings("L0107")
    settings = desk.open("grid.toml", '[lint.rules]\nunused-declaration = "off"\n')
    await doc.findings()
    settings.to('[lint.rules]\nunused-declaration = "error"\n')
    found = await doc.findings("L0107")
    assert found[0].severity == lsp.DiagnosticSeverity.Error


async def test_the_library_can_be_opened_and_has_no_findings_of_its_own(desk: Desk) -> None:
    doc = desk.beside("campaign c { segment: families  phase: sale  flow { send email hello } }\n")
    where = await desk.client.text_document_definition_async(lsp.DefinitionParams(doc.id, doc.at("email")))
    assert isinstance(where, lsp.Location)
    item = lsp.TextDocumentItem(where.uri, "grid", 1, "# opened")
    desk.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
    hover = await desk.client.text_document_hover_async(
        lsp.HoverParams(lsp.TextDocumentIdentifier(where.uri), where.range.start)
    )
    assert hover is not None
    assert "channel email" in str(hover.contents)
    assert "E-mail" in await hovered(doc, "email")
    assert not desk.client.diagnostics.get(where.uri)
    document = lsp.TextDocumentIdentifier(where.uri)
    desk.client.text_document_did_close(lsp.DidCloseTextDocumentParams(document))
