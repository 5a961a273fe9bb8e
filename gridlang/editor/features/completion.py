"""Completion: what could be written at the cursor, by the grammar, the kinds' tables and the plan's names."""

from __future__ import annotations

import re
from collections.abc import Iterable

import attrs
from lsprotocol import types as lsp

from gridlang.editor.asking import Asked, Feature
from gridlang.editor.completing import declarations, flows, texts
from gridlang.editor.completing.desk import Desk
from gridlang.editor.completing.offer import Offer, Offers
from gridlang.editor.completing.remarks import in_remark
from gridlang.editor.completing.spot import spot_at
from gridlang.editor.index import index_of
from gridlang.source import Span

_WORD = re.compile(r"[\w.]*\Z")


def completion(asked: Asked) -> lsp.CompletionList:
    """The proposals at the cursor, best first."""
    spot = spot_at(asked.text.source, asked.offset)
    if spot.remark:
        return _in_remark(asked)
    desk = Desk(asked.text, spot, index_of(asked.text).names)
    spaced = asked.params.context and asked.params.context.trigger_character == " "
    if spaced and (not spot.pending or spot.text is not None):
        return lsp.CompletionList(is_incomplete=False, items=[])  # a space alone asks for nothing
    place = _replaced(asked, desk)
    best: dict[str, Offer] = {}
    for offer in offers(desk):
        if offer.label not in best or offer.rank < best[offer.label].rank:
            best[offer.label] = (
                offer if offer.snippet is None else attrs.evolve(offer, snippet=desk.filled(offer.snippet))
            )
    return _listed(asked, best.values(), place)


def _in_remark(asked: Asked) -> lsp.CompletionList:
    found = in_remark(asked.text.source, asked.offset)
    return _listed(asked, found[1], found[0]) if found else lsp.CompletionList(is_incomplete=False, items=[])


def _listed(asked: Asked, found: Iterable[Offer], place: Span) -> lsp.CompletionList:
    return lsp.CompletionList(
        is_incomplete=False, items=[_item(asked, offer, place) for offer in sorted(found, key=_order)]
    )


def offers(desk: Desk) -> Offers:
    """Everything that fits."""
    if desk.spot.text is not None:
        yield from texts.in_text(desk)
    elif desk.spot.frame is None:
        yield from declarations.outside(desk)
    elif desk.spot.frame.kind is not None:
        yield from declarations.in_block(desk)
    else:
        yield from flows.in_flow(desk)


def _replaced(asked: Asked, desk: Desk) -> Span:
    """The characters that a proposal takes the place of: the word before the cursor; of a path all of it."""
    spot = desk.spot
    if spot.text is None:
        return spot.place
    start = spot.text + 1
    written = spot.source.text[start : asked.offset]
    if "{{" in written or "{%" in written:
        word = _WORD.search(written)
        start += word.start() if word else 0
    return Span(spot.source, start, asked.offset)


def _order(offer: Offer) -> tuple[int, str]:
    return offer.rank, offer.label


def _item(asked: Asked, offer: Offer, place: Span) -> lsp.CompletionItem:
    snippet = offer.snippet if asked.knows_snippets else None
    text = snippet if snippet is not None else offer.plain
    return lsp.CompletionItem(
        label=offer.label,
        kind=offer.kind,
        detail=offer.detail or None,
        documentation=asked.markup(offer.doc) if offer.doc else None,
        sort_text=f"{offer.rank:02}{offer.label}",
        insert_text_format=lsp.InsertTextFormat.Snippet if snippet else lsp.InsertTextFormat.PlainText,
        text_edit=lsp.TextEdit(asked.range(place), text),
    )


FEATURES = (
    Feature(
        lsp.TEXT_DOCUMENT_COMPLETION,
        completion,
        lsp.CompletionOptions(trigger_characters=[" ", ":", ">", ".", "(", ",", '"', "{", "/"]),
    ),
)
