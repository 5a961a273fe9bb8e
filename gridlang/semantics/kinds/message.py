"""`message`: what is said."""

from gridlang.schedule import model
from gridlang.semantics.kinds.base import Bound, FieldSpec, Kind
from gridlang.semantics.values import TEMPLATE, YES_NO, reference

_TEXTS = (
    FieldSpec("subject", TEMPLATE, "the subject of a mail, the headline of an advertisement"),
    FieldSpec("body", TEMPLATE, "the text, a Jinja2 template"),
    FieldSpec("script", TEMPLATE, "what a colleague says or does"),
)


def _wording(bound: Bound) -> model.Wording:
    return model.Wording(subject=bound.value("subject"), body=bound.value("body"), script=bound.value("script"))


def _lower(bound: Bound) -> model.Message:
    return model.Message(
        **bound.common(),
        wording=_wording(bound),
        languages={variant.name: _wording(variant) for variant in bound.nested("language")},
        answers=bound.values("answers"),
        wakes=bound.values("wakes"),
        draft=bound.value("draft", False),
    )


KIND = Kind(
    "message",
    "What is said. Its texts are templates over the attributes of who gets it.",
    fields=(
        *_TEXTS,
        FieldSpec("answers", reference("barrier"), "the barriers that it answers", many=True),
        FieldSpec("wakes", reference("need"), "the needs that it wakes", many=True),
        FieldSpec("draft", YES_NO, "`yes`: its text is still to be written"),
    ),
    blocks=(Kind("language", "The same in another language: `language en { … }`.", fields=_TEXTS),),
    lower=_lower,
)
