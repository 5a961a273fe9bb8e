"""Findings while somebody writes: at once, in every file, and however broken one of them is."""

from __future__ import annotations

import pytest
from lsprotocol import types as lsp

from tests.unit.editor.desk import Desk, words

pytestmark = pytest.mark.asyncio(loop_scope="session")

HELLO = """campaign welcome {{
  segment: families
  phase:   contact
  flow {{ send email {message} }}
}}
"""


async def test_a_finding_has_its_place_reason_and_way_out(desk: Desk) -> None:
    doc = desk.beside('message hi "Hi" { subjekt: "Hi" }\n')
    (found,) = await doc.findings("G0202")
    assert words(doc.text, found.range) == "subjekt"
    assert found.severity is lsp.DiagnosticSeverity.Error
    assert found.source == "gridlang"
    assert "subject" in found.message


async def test_an_edit_mends_it(desk: Desk) -> None:
    doc = desk.beside('message hi "Hi" { subjekt: "Hi" }\n')
    await doc.findings("G0202")
    doc.to('message hi "Hi" { subject: "Hi" }\n')
    found = await desk.until(doc.uri, lambda found: all(each.code != "G0202" for each in found))
    assert all(each.severity is not lsp.DiagnosticSeverity.Error for each in found)


async def test_an_edit_in_one_file_changes_the_findings_of_another(desk: Desk) -> None:
    desk.small()
    campaigns = desk.open("campaigns.grid", HELLO.format(message="later"))
    (found,) = await desk.until(campaigns.uri, lambda found: [each.code for each in found] == ["G0209"])
    assert words(campaigns.text, found.range) == "later"
    messages = desk.open("messages.grid", 'message later "Later" { subject: "Later" }\n')
    await desk.until(campaigns.uri, lambda found: all(each.code != "G0209" for each in found))
    messages.to('message never "Never" { subject: "Never" }\n')
    await desk.until(campaigns.uri, lambda found: "G0209" in [each.code for each in found])


async def test_a_file_that_is_not_open_has_its_findings_too(desk: Desk) -> None:
    desk.small()
    desk.write("other.grid", "message hi { subjekt: 1 }\n")
    desk.open("more.grid", "")
    uri = (desk.folder / "other.grid").as_uri()
    await desk.until(uri, lambda found: "G0202" in [each.code for each in found])


async def test_a_broken_file_still_has_the_findings_of_the_rest(desk: Desk) -> None:
    doc = desk.beside('message one "One" { subject: "One"\n\nmessage two "Two" { subjekt: "Two" }\n')
    found = await desk.until(doc.uri, lambda found: {"G0202"} < {each.code for each in found})
    assert any(str(each.code).startswith("G01") for each in found)


async def test_both_places_of_a_finding_are_told(desk: Desk) -> None:
    doc = desk.beside('message twice "A" { subject: "A" }\nmessage twice "B" { subject: "B" }\n')
    found = await desk.until(doc.uri, lambda found: "G0208" in [each.code for each in found])
    related = [place for each in found for place in each.related_information or ()]
    assert any(words(doc.text, place.location.range) == "twice" for place in related)


async def test_places_are_right_behind_letters_of_two_units(desk: Desk) -> None:
    doc = desk.beside('message hi "🎉 æøå" { subject: "🎉🎉"  subjekt: "🎉" }\n')
    (found,) = await doc.findings("G0202")
    assert words(doc.text, found.range) == "subjekt"
    doc.to('message hi "🎉 æøå" { subject: "🎉🎉 ø"  subjekt: "🎉" }\n')
    await desk.until(doc.uri, lambda found: any(words(doc.text, each.range) == "subjekt" for each in found))


async def test_what_a_rehearsal_shows_comes_after_a_rest(desk: Desk) -> None:
    text = """rule calm { phase: sale  cap: 2 per 7d across all }
campaign a {
  phase: sale
  role:  target
  flow {
    send email hello at 09:00
    wait 2d
    task phone call_script by desk due 1 workday
  }
}
"""
    doc = desk.beside(text)
    await desk.until(doc.uri, lambda found: "L0201" in [each.code for each in found])


async def test_closing_the_last_text_takes_the_findings_back(desk: Desk) -> None:
    doc = desk.beside("message hi { subjekt: 1 }\n")
    await desk.until(doc.uri, lambda found: bool(found))
    doc.close()
    await desk.until(doc.uri, lambda found: not found)
