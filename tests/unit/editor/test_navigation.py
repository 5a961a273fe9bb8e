"""From a name to where it is declared and everywhere it is used; a new name for it; the outline, folds and links."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from gridlang.editor import disk
from gridlang.editor.index import index_of
from gridlang.editor.session import Session
from gridlang.semantics import scope
from tests.shape.house import ROOT
from tests.unit.editor.desk import SMALL_PLAN, Desk, Doc, applied, words

pytestmark = pytest.mark.asyncio(loop_scope="session")

CAMPAIGN = """campaign ask_again "Ask again" {
  segment: families
  phase:   contact
  flow {
    send email later
    call: task phone call_script by desk due 1 workday { no_answer -> wait 1w -> call max 2 times else rest }
    rest: move standby
  }
}
"""
MESSAGE = 'message later "Later" {\n  subject: "{{ first_name }}, later"\n  body:    file("texts/later.md")\n}\n'


async def defined(doc: Doc, word: str, nth: int = 0) -> tuple[str, str]:
    """The file and the line that the definition of a word stands in."""
    params = lsp.DefinitionParams(doc.id, doc.at(word, nth=nth))
    found = await doc.desk.client.text_document_definition_async(params)
    assert isinstance(found, lsp.Location)
    path = disk.path_of(found.uri)
    assert path is not None
    text = next((other.text for other in doc.desk.docs if other.uri == found.uri), None) or Path(path).read_text(
        "utf-8"
    )
    return Path(path).name, text.split("\n")[found.range.start.line].strip()


async def test_a_message_in_another_file(desk: Desk) -> None:
    desk.write("texts/later.md", "Hej {{ first_name }}")
    desk.small()
    desk.open("messages.grid", MESSAGE)
    doc = desk.open("campaigns.grid", CAMPAIGN)
    assert await defined(doc, "later") == ("messages.grid", 'message later "Later" {')


async def test_every_sort_of_name(desk: Desk) -> None:
    desk.write("texts/later.md", "Hej {{ first_name }}")
    desk.small()
    messages = desk.open("messages.grid", MESSAGE)
    doc = desk.open("campaigns.grid", CAMPAIGN)
    assert (await defined(doc, "families"))[1].startswith("segment families")
    assert (await defined(doc, "contact"))[0] == "journeys.grid"
    assert (await defined(doc, "email"))[0] == "channels.grid"
    assert (await defined(doc, "desk"))[1].startswith("team desk")
    assert (await defined(doc, "call", nth=2))[1].startswith("call: task")
    assert (await defined(doc, "standby"))[0] == "journeys.grid"
    assert (await defined(messages, "first_name")) == ("plan.grid", "first_name: Text")
    assert (await defined(messages, "texts/later.md"))[0] == "later.md"


async def test_where_it_is_used_over_files_and_in_templates(desk: Desk) -> None:
    desk.write("texts/later.md", "Hej {{ first_name }}")
    desk.small()
    doc = desk.open("messages.grid", MESSAGE)
    context = lsp.ReferenceContext(include_declaration=True)
    params = lsp.ReferenceParams(context, doc.id, doc.at("first_name"))
    found = await desk.client.text_document_references_async(params)
    files = [Path(each.uri).name for each in found or ()]
    assert {"plan.grid", "messages.grid", "later.md"} <= set(files)
    bare = await desk.client.text_document_references_async(
        lsp.ReferenceParams(lsp.ReferenceContext(include_declaration=False), doc.id, doc.at("first_name"))
    )
    assert len(bare or ()) == len(found or ()) - 1


async def test_highlights_in_one_text(desk: Desk) -> None:
    doc = desk.beside(CAMPAIGN)
    params = lsp.DocumentHighlightParams(doc.id, doc.at("call:"))
    found = await desk.client.text_document_document_highlight_async(params)
    assert [(words(doc.text, each.range), each.kind) for each in found or ()] == [
        ("call", lsp.DocumentHighlightKind.Write),
        ("call", lsp.DocumentHighlightKind.Read),
    ]


async def renamed(doc: Doc, word: str, name: str) -> dict[str, str]:
    """The texts after a rename, by file."""
    params = lsp.RenameParams(doc.id, doc.at(word), name)
    edit = await doc.desk.client.text_document_rename_async(params)
    assert edit is not None
    texts = {}
    for uri, edits in (edit.changes or {}).items():
        path = disk.path_of(uri)
        assert path is not None
        old = next((each.text for each in doc.desk.docs if each.uri == uri), None) or Path(path).read_text("utf-8")
        texts[Path(path).name] = applied(old, edits)
    return texts


async def test_a_new_name_in_all_files(desk: Desk) -> None:
    desk.write("texts/later.md", "Hej {{ first_name }}")
    desk.small()
    messages = desk.open("messages.grid", MESSAGE)
    desk.open("campaigns.grid", CAMPAIGN)
    found = await renamed(messages, "later", "besked_på_dansk")
    assert "send email besked_på_dansk" in found["campaigns.grid"]
    assert 'message besked_på_dansk "Later"' in found["messages.grid"]
    assert 'subject: "{{ first_name }}, later"' in found["messages.grid"]


async def test_a_new_name_of_an_attribute_in_templates_too(desk: Desk) -> None:
    desk.write("texts/later.md", "Hej {{ first_name|upper }}, first_name!")
    desk.small()
    messages = desk.open("messages.grid", MESSAGE)
    found = await renamed(messages, "first_name", "given_name")
    assert found["later.md"] == "Hej {{ given_name|upper }}, first_name!"
    assert "given_name: Text" in found["plan.grid"]
    assert '"{{ given_name }}, later"' in found["messages.grid"]


async def test_a_label_only_in_its_flow(desk: Desk) -> None:
    doc = desk.beside(CAMPAIGN + CAMPAIGN.replace("ask_again", "ask_twice"))
    found = await renamed(doc, "rest", "pool")
    assert found["more.grid"].count("pool") == 2
    assert found["more.grid"].count("rest") == 2


@pytest.mark.parametrize("name", ["send", "two words", "9lives", "", "yes", "hello", "nothing", "æ-ø"])
async def test_a_name_that_cannot_be_is_refused(desk: Desk, name: str) -> None:
    doc = desk.beside('message later "Later" { subject: "Hi" }\n')
    with pytest.raises(JsonRpcException) as refused:
        await desk.client.text_document_rename_async(lsp.RenameParams(doc.id, doc.at("later"), name))
    assert refused.value.code == -32803
    assert name in refused.value.message


async def test_the_library_keeps_its_names(desk: Desk) -> None:
    doc = desk.beside(CAMPAIGN)
    with pytest.raises(JsonRpcException, match="library"):
        await desk.client.text_document_prepare_rename_async(lsp.PrepareRenameParams(doc.id, doc.at("email")))
    found = await desk.client.text_document_prepare_rename_async(lsp.PrepareRenameParams(doc.id, doc.at("ask_again")))
    assert isinstance(found, lsp.PrepareRenamePlaceholder)
    assert found.placeholder == "ask_again"
    assert await desk.client.text_document_prepare_rename_async(lsp.PrepareRenameParams(doc.id, doc.at("flow"))) is None


async def test_a_name_that_two_plans_share(desk: Desk) -> None:
    for brand in ("one", "two"):
        desk.write(f"../{brand}/plan.grid", 'use "../house" as house\n' + SMALL_PLAN + brand_campaign(brand))
    desk.write("../house/words.grid", 'message slogan "Slogan" { subject: "Hi" }\n')
    one = desk.open("../one/plan.grid")
    house = desk.open("../house/words.grid")
    desk.open("../two/plan.grid")
    found = await renamed(house, "slogan", "motto")
    assert "send email house.motto" in found["plan.grid"]
    params = lsp.RenameParams(one.id, one.at("slogan"), "motto")
    edit = await desk.client.text_document_rename_async(params)
    assert edit is not None
    assert len(edit.changes or {}) == 3


def brand_campaign(name: str) -> str:
    return f"\ncampaign {name} {{\n  segment: families\n  phase: contact\n  flow {{ send email house.slogan }}\n}}\n"


async def test_the_outline(desk: Desk) -> None:
    doc = desk.beside(
        CAMPAIGN + "\nlet young = car_age < 3\n\njourney mine: std.journeys.marketing_grid { phase extra { } }\n"
    )
    found = await desk.client.text_document_document_symbol_async(lsp.DocumentSymbolParams(doc.id))
    names = {each.name: each for each in found or () if isinstance(each, lsp.DocumentSymbol)}
    assert list(names) == ["ask_again", "young", "mine"]
    assert [child.name for child in names["ask_again"].children or ()] == ["call", "rest"]
    assert [child.name for child in names["mine"].children or ()] == ["extra"]


async def test_a_search_over_all_names(desk: Desk) -> None:
    doc = desk.beside(CAMPAIGN)
    await doc.findings("G0209")
    found = await desk.client.workspace_symbol_async(lsp.WorkspaceSymbolParams("ask_ag"))
    assert [each.name for each in found or ()] == ["ask_again"]


async def test_folds(desk: Desk) -> None:
    doc = desk.beside("# one\n# two\n" + CAMPAIGN)
    found = await desk.client.text_document_folding_range_async(lsp.FoldingRangeParams(doc.id))
    assert {(each.start_line, each.end_line) for each in found or ()} == {(0, 1), (2, 9), (5, 8)}


async def test_links(desk: Desk) -> None:
    desk.write("texts/later.md", "Hej")
    desk.write("../house/words.grid", 'message slogan "Slogan" { subject: "Hi" }\n')
    doc = desk.beside('use "../house" as house\n' + MESSAGE + 'message gone { body: file("texts/gone.md") }\n')
    found = await desk.client.text_document_document_link_async(lsp.DocumentLinkParams(doc.id))
    assert [(words(doc.text, each.range), Path(each.target or "").name) for each in found or ()] == [
        ('"../house"', "words.grid"),
        ('"texts/later.md"', "later.md"),
    ]


@pytest.mark.parametrize(
    "example",
    ["family_car", "canteen_dishwasher", "holiday_trip", "record_shop", "two_brands/bikes", "two_brands/boats"],
)
async def test_the_index_means_by_a_name_what_the_checker_means(example: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the checker looks up as the name of a declaration stands in the index, for the same declaration."""
    looked_up = []
    resolve = scope.Scope.resolve

    def told(self, kind, reference, home):  # type: ignore[no-untyped-def]
        found = resolve(self, kind, reference, home)
        if isinstance(found, scope.Declared):
            looked_up.append((reference, found))
        return found

    monkeypatch.setattr(scope.Scope, "resolve", told)
    session, place = Session(), next((ROOT / "examples" / example).glob("*.grid"))
    session.update(place.as_uri(), place.read_text("utf-8"))
    text = session.text(place.as_uri())
    assert text is not None
    known = {(each.span.source.path, each.span.end): each.symbol for each in index_of(text).everywhere()}
    assert len(looked_up) > 100
    for reference, found in looked_up:
        symbol = known[reference.span.source.path, reference.span.end]
        assert symbol.node is found.node, reference.text
