"""What a touch says: its subject and script, by the template language of messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

import attrs

from gridlang.schedule import model
from gridlang.schedule.wording import compiled

if TYPE_CHECKING:
    from gridlang.runtime.reference.people import Person

Part = Literal["subject", "script"]
Template = Callable[[dict[str, Any]], str]


@attrs.define(eq=False)
class Wordings:
    """Templates, each compiled once. A missing value renders as empty; a template that fails renders as empty and is
    told once.

    `told`: the names of templates whose failure was told; `failed` is called with a name and the reason.
    """

    messages: dict[str, model.Message]
    failed: Callable[[str, str], None]
    told: set[str] = attrs.field(factory=set)
    _templates: dict[str, str | Template] = attrs.field(factory=dict)

    def text(self, message: str | None, part: Part, person: Person) -> str:
        """The subject or the script of a message for this person, in their language when the message has it."""
        source = self._source(message, part, person) if message else None
        return self.render(source, f"{part} of message {message}", person) if source else ""

    def _source(self, message: str, part: Part, person: Person) -> str | None:
        wording = variant(self.messages[message], person.contact.language)
        found: str | None = getattr(wording, part)
        return getattr(self.messages[message].wording, part) if found is None else found

    def render(self, source: str, name: str, person: Person) -> str:
        """A template's text; `name` says which, for the one issue about it."""
        template = self._templates.get(source)
        if template is None:
            template = self._templates[source] = self._compile(source, name)
        if isinstance(template, str):
            return template
        try:
            return template(variables(person))
        except Exception as error:  # whatever a template of strangers raises: their words failed, not the run
            self._tell(name, error)
            return ""

    def _compile(self, source: str, name: str) -> str | Template:
        """The template; a text without any markup is itself."""
        if "{" not in source:
            return source
        try:
            return compiled(source)
        except Exception as error:
            self._tell(name, error)
            return ""

    def _tell(self, name: str, error: Exception) -> None:
        if name not in self.told:
            self.told.add(name)
            self.failed(name, f"{type(error).__name__}: {error}")


def variant(message: model.Message, language: str | None) -> model.Wording:
    """The wording for a language: exactly, else its first part (`da` for `da-DK`), else the one for everybody."""
    if language:
        for name in (language, language.replace("_", "-").split("-")[0]):
            if name in message.languages:
                return message.languages[name]
    return message.wording


def variables(person: Person) -> dict[str, Any]:
    """What a template may ask for: the person's attributes, `account` and `language`."""
    return {**person.attributes, "account": person.account.attributes, "language": person.contact.language or ""}
