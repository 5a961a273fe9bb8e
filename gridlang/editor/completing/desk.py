"""What every part of a completion is handed: the place, the plan's names, and how names are offered."""

from __future__ import annotations

import re
from collections.abc import Iterable

import attrs
from lsprotocol import types as lsp

from gridlang.editor.completing.offer import Kind, Offer, Offers
from gridlang.editor.completing.spot import Spot
from gridlang.editor.index.names import Names, field_of
from gridlang.editor.index.symbols import Symbol
from gridlang.editor.session import Text
from gridlang.semantics.scope import LIBRARY, Declared
from gridlang.semantics.values import with_article
from gridlang.syntax import nodes

ICONS = {
    "channel": Kind.Interface,
    "event": Kind.Event,
    "message": Kind.Text,
    "team": Kind.Module,
    "role": Kind.EnumMember,
    "segment": Kind.Class,
    "phase": Kind.EnumMember,
    "level": Kind.EnumMember,
    "flow": Kind.Function,
    "let": Kind.Variable,
    "map": Kind.Struct,
    "person": Kind.Class,
    "day": Kind.Constant,
}

_NAMED = re.compile(r"\$\{(\d+):(segment|phase|event|channel|message|team|flow|person)\}")
_CHOICES = 40  # of more names nobody chooses by looking


@attrs.frozen(eq=False)
class Desk:
    """A place in a text of a plan."""

    text: Text
    spot: Spot
    names: Names

    @property
    def home(self) -> str:
        return self.text.folder.path

    def declared(self, kind: str, *, rank: int = 3) -> Offers:
        """Every declaration of a kind that can be named here, own ones first."""
        if kind == "phase":
            yield from symbols(self.names.phases.values(), rank)
            return
        if kind == "level":
            yield from symbols(self.names.levels.values(), rank)
            return
        for spelled, found in self.text.scope.visible(kind, self.home).items():
            yield offered(spelled, found, rank)

    def events(self, channels: Iterable[str], *, but: Iterable[str] = (), rank: int = 2) -> Offers:
        """Events; those first that can come after contacts on the channels, or at any time."""
        used, taken = set(channels), set(but)
        for spelled, found in self.text.scope.visible("event", self.home).items():
            if spelled in taken or (found.folder == LIBRARY and "." in spelled):
                continue
            comes = self._comes(found, used)
            yield offered(spelled, found, rank if comes else rank + 4, "" if comes else "nothing before brings it")

    def answers(self, channels: Iterable[str], but: Iterable[str]) -> list[str]:
        """The events that answer contacts on the channels, by plain name; what comes by itself is no answer."""
        used, taken = set(channels), set(but)
        return [
            spelled
            for spelled, found in self.text.scope.visible("event", self.home).items()
            if spelled not in taken and "." not in spelled and self._comes(found, used, unasked=False)
        ]

    def _comes(self, event: Declared, used: set[str], *, unasked: bool = True) -> bool:
        """Whether an event can come after contacts on channels; `unasked`: or by itself."""
        from gridlang.editor.index.names import lineage

        scope = self.text.scope
        for layer in lineage(scope, event):
            node = layer.node
            if not isinstance(node, nodes.Block):
                continue
            if unasked and field_of(node, "when") is not None:
                return True
            sources = field_of(node, "from")
            for value in sources.values if sources else ():
                channel = isinstance(value, nodes.Reference) and scope.find(
                    "channel", tuple(part.text for part in value.parts), layer.folder
                )
                if channel and self._used(channel, used, unasked=unasked):
                    return True
        return False

    def _used(self, channel: Declared, used: set[str], *, unasked: bool) -> bool:
        """Whether contacts on the used channels are contacts on this one, or people come to it by themselves."""
        from gridlang.editor.index.names import lineage

        scope = self.text.scope
        chains = [lineage(scope, found) for name in used if (found := self._channel(name)) is not None]
        if any(channel in chain for chain in chains):
            return True
        if not unasked:
            return False
        said = (_inbound(layer.node) for layer in lineage(scope, channel))
        return next((word for word in said if word is not None), False)

    def _channel(self, name: str) -> Declared | None:
        return self.text.scope.find("channel", tuple(name.split(".")), self.home)

    def filled(self, snippet: str) -> str:
        """A snippet whose places for a name of the plan (`${3:segment}`) let one choose among those that there are."""
        seen: set[str] = set()

        def choice(place: re.Match[str]) -> str:
            number, kind = place.groups()
            if number in seen:
                return f"${number}"
            seen.add(number)
            offers = sorted(self.declared(kind), key=lambda offer: offer.rank)
            names = [offer.label for offer in offers if "." not in offer.label]
            return f"${{{number}|{','.join(names)}|}}" if 0 < len(names) <= _CHOICES else place[0]

        return _NAMED.sub(choice, snippet)

    def attributes(self, *, rank: int = 3, account: bool = True) -> Offers:
        """The attributes of a person, and of the account."""
        for symbol in self.names.attributes("person").values():
            yield attribute(symbol.name, symbol, rank)
        if account:
            for symbol in self.names.attributes("account").values():
                yield attribute(f"account.{symbol.name}", symbol, rank + 1)


def _inbound(node: object) -> bool | None:
    field = field_of(node, "inbound") if isinstance(node, nodes.Block) else None
    value = field.values[0] if field is not None and field.values else None
    return value.text == "yes" if isinstance(value, nodes.Reference) else None


def offered(spelled: str, found: Declared, rank: int, why: str = "") -> Offer:
    """The name of a declaration."""
    title = found.node.title.value if isinstance(found.node, nodes.Block) and found.node.title else ""
    library = found.folder == LIBRARY
    return Offer(
        label=spelled,
        kind=ICONS.get(found.kind, Kind.Reference),
        detail=" · ".join(part for part in (title or with_article(found.kind), why, library and "library") if part),
        doc=found.node.doc,
        rank=rank + (1 if library else 0) + (1 if "." in spelled else 0),
    )


def symbols(found: Iterable[Symbol], rank: int) -> Offers:
    """Names that are no declarations."""
    for symbol in found:
        title = getattr(symbol.node, "title", None)
        yield Offer(
            label=symbol.name,
            kind=ICONS.get(symbol.kind, Kind.Reference),
            detail=title.value if isinstance(title, nodes.Text) else symbol.kind,
            doc=getattr(symbol.node, "doc", None),
            rank=rank,
        )


def attribute(spelled: str, symbol: Symbol, rank: int) -> Offer:
    """An attribute with its type."""
    type = symbol.node.values[0].span.text if symbol.node.values else ""
    return Offer(label=spelled, kind=Kind.Field, detail=type, doc=symbol.node.doc, rank=rank)


def words(found: Iterable[str], *, rank: int = 2, detail: str = "") -> Offers:
    """Words of the language."""
    for word in found:
        yield Offer(label=word, kind=lsp.CompletionItemKind.Keyword, detail=detail, rank=rank)


def samples(found: Iterable[str], *, rank: int = 4, detail: str = "") -> Offers:
    """Values as they are written."""
    for word in found:
        yield Offer(label=word, kind=lsp.CompletionItemKind.Value, detail=detail, rank=rank)
