"""The words of pages: complete in Danish, right in number and order, and English where nobody has translated."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import attrs
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from lxml import html

from gridlang import resources
from gridlang.crm.systems import systems
from gridlang.schedule import document
from gridlang.schedule import expressions as e
from gridlang.schedule import steps as s
from gridlang.schedule.model import Days, Hours
from gridlang.schedule.references import RESERVED
from gridlang.source import Source
from gridlang.syntax import parse
from gridlang.targets.plan_html import TARGET
from gridlang.targets.words import LANGUAGES, quantities, steps, words_for
from gridlang.targets.words.columns import MEANINGS
from gridlang.targets.words.names import Names
from gridlang.targets.words.predicates import predicate
from tests.unit.schedule import sample
from tests.unit.targets import plans

PACKAGE = Path(__file__).parents[3] / "gridlang"
TARGETS, RUN_PAGE = PACKAGE / "targets", PACKAGE / "run_page"
KEYWORDS = {"say": None, "phrase": None, "count": (1, 2), "phrases": (1, 2), "_": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)([sd])")

DANISH, ENGLISH = words_for("da"), words_for("en")


@cache
def said_by_the_code() -> frozenset[str | tuple[str, ...]]:
    """Every text that the targets say, as gettext's own tools find them."""
    sources = [(path, "python") for folder in (TARGETS, RUN_PAGE) for path in folder.rglob("*.py")]
    sources += [(PACKAGE / "cli" / "tables.py", "python")]
    templates = (path for folder in (TARGETS, RUN_PAGE) for path in folder.rglob("templates/*"))
    sources += [(path, "jinja2.ext.babel_extract") for path in templates]
    return frozenset(
        text if isinstance(text, str) else tuple(part for part in text if isinstance(part, str))
        for path, method in sources
        for _, text, _, _ in extract_from_file(method, str(path), keywords=KEYWORDS)
    )


@cache
def catalogue(name: str) -> Catalog:
    with (TARGETS / "words" / "catalogues" / f"{name}.po").open("rb") as file:
        return read_po(file)


def messages(name: str) -> list[Message]:
    return [message for message in catalogue(name) if message.id]


def parts(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_said_has_its_translation_and_nothing_else_does(language: str) -> None:
    have = {parts(message.id)[0] for message in messages(language)}
    said = {parts(text)[0] for text in said_by_the_code()}
    assert len(said) > 200
    assert said - have == set()
    assert have - said == set()


def test_every_column_of_every_system_has_words() -> None:
    assert {meaning for system in systems().values() for meaning in system.columns.values()} == MEANINGS


@pytest.mark.parametrize("name", [*LANGUAGES, *(f"library.{language}" for language in LANGUAGES)])
def test_translations_are_whole_and_keep_their_placeholders(name: str) -> None:
    for message in messages(name):
        assert not message.fuzzy
        texts = parts(message.string)
        assert len(texts) == (2 if message.pluralizable else 1), message.id
        for original, text in zip(parts(message.id), texts, strict=True):
            assert text.strip(), message.id
            assert set(PLACEHOLDER.findall(text)) >= set(PLACEHOLDER.findall(original)), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_library_has_its_translation(language: str) -> None:
    have = {str(message.id) for message in messages(f"library.{language}")}
    texts = {" ".join(text.split()) for source in resources.library() for text in library_texts(source)}
    assert len(texts) > 100
    assert texts - have == set()


def library_texts(source: Source) -> Iterator[str]:
    """Titles, and the sentences about phases; codes of countries and names of attributes are no texts."""
    assert not parse(source).failed
    for line in source.text.splitlines():
        if not line.lstrip().startswith(("#", "///", "country:", "region:")):
            yield from (text for text in re.findall(r'"((?:[^"\\]|\\.)*)"', line) if len(text) > 2 or text == "TV")
    yield from documented(source.text)


def documented(text: str) -> Iterator[str]:
    """The doc comments that pages show: those of journeys and phases, channels, roles and events."""
    for doc, kind in re.findall(r"((?:^[ ]*///.*\n)+)[ ]*(\w+)", text, re.MULTILINE):
        if kind in ("journey", "phase", "channel", "role", "event", "relations", "level"):
            yield " ".join(line.strip().removeprefix("///").strip() for line in doc.splitlines())


@pytest.mark.parametrize(
    ("text", "danish", "english"),
    [
        ("1 workday", "1 arbejdsdag", "1 working day"),
        ("2 workdays", "2 arbejdsdage", "2 working days"),
        ("5d", "5 dage", "5 days"),
        ("1w", "1 uge", "1 week"),
        ("3mo", "3 måneder", "3 months"),
        ("1y", "1 år", "1 year"),
        ("30min", "30 minutter", "30 minutes"),
        ("1500h", "1.500 timer", "1,500 hours"),
    ],
)
def test_durations(text: str, danish: str, english: str) -> None:
    assert quantities.duration(DANISH, text) == danish
    assert quantities.duration(ENGLISH, text) == english


@pytest.mark.parametrize(
    ("text", "danish", "english"),
    [
        ("1w", "hver uge", "every week"),
        ("4w", "hver 4. uge", "every 4 weeks"),
        ("3mo", "hver 3. måned", "every 3 months"),
        ("2 workdays", "hver 2. arbejdsdag", "every 2 working days"),
    ],
)
def test_series(text: str, danish: str, english: str) -> None:
    assert quantities.every(DANISH, text) == danish
    assert quantities.every(ENGLISH, text) == english


@pytest.mark.parametrize(
    ("text", "danish", "english"),
    [
        ("3 per 7d", "3 på 7 dage", "3 in 7 days"),
        ("25 per calendar day", "25 om dagen", "25 a day"),
        ("300 per calendar quarter", "300 i kvartalet", "300 a quarter"),
        ("1 per calendar week", "1 på en kalenderuge", "1 a calendar week"),
        ("1 per calendar month", "1 på en kalendermåned", "1 a calendar month"),
        ("4 per calendar year", "4 på et kalenderår", "4 a calendar year"),
    ],
)
def test_rates(text: str, danish: str, english: str) -> None:
    assert quantities.rate(DANISH, text) == danish
    assert quantities.rate(ENGLISH, text) == english


def test_money_numbers_and_percents() -> None:
    assert quantities.money(DANISH, "1450000 DKK") == "1.450.000\xa0kr."
    assert quantities.money(DANISH, "12.50 EUR") == "12,50\xa0€"
    assert quantities.money(ENGLISH, "1450000 DKK") == "DKK\xa01,450,000"
    assert quantities.share(DANISH, 5000) == "50\xa0%"
    assert quantities.share(ENGLISH, 3333) == "33.33%"
    assert DANISH.number(Decimal("1234.5")) == "1.234,5"


def test_days_and_hours() -> None:
    assert quantities.days(DANISH, Days(workdays=True, weekdays=(), place=0)) == "arbejdsdage"
    assert quantities.days(DANISH, Days(workdays=False, weekdays=(0, 1, 2, 3), place=0)) == "mandag–torsdag"
    assert quantities.days(ENGLISH, Days(workdays=False, weekdays=(1, 5), place=0)) == "Tuesday and Saturday"
    assert quantities.days(DANISH, Days(workdays=False, weekdays=tuple(range(7)), place=0)) == "hver dag"
    assert quantities.hours(DANISH, (Hours(start="20:00", end="24:00", place=0),)) == "20.00–24:00"
    assert quantities.date(DANISH, "2027-03-01T08:30:00") == "1. marts 2027 kl. 08.30"
    assert quantities.date_range(DANISH, "2027-01-04", "2027-12-31") == "4. januar 2027 – 31. december 2027"


CHILDREN = e.Attribute("person", "children", "Int")
REGISTERED = e.Attribute("person", "first_registered", "Date")


@pytest.mark.parametrize(
    ("expression", "danish", "english"),
    [
        (e.Compare(">=", CHILDREN, e.Value("Int", "1")), "children er mindst 1", "children is at least 1"),
        (
            e.All((e.Has(REGISTERED), e.Compare(">=", e.Age(REGISTERED), e.Value("Duration", "6y")))),
            "first registered er kendt og first registered ligger mindst 6 år tilbage",
            "first registered is known and first registered is at least 6 years ago",
        ),
        (
            e.AnyOf((e.Ever("account", "ordered"), e.Not(e.Has(REGISTERED)))),
            "»Ordre lagt« er sket i kontoen eller first registered er ikke kendt",
            "“Ordre lagt” has happened in the account or first registered is not known",
        ),
        (
            e.Compare(">=", e.Count("account", "ordered", within="24mo"), e.Value("Int", "4")),
            "antallet af »Ordre lagt« i de seneste 24 måneder er mindst 4",
            "the number of “Ordre lagt” in the last 24 months is at least 4",
        ),
        (
            e.Compare("<", e.Since("account", "ordered"), e.Value("Duration", "12mo")),
            "den seneste »Ordre lagt« ligger mindre end 12 måneder tilbage",
            "the latest “Ordre lagt” is less than 12 months ago",
        ),
        (
            e.Among(e.Attribute("account", "region", "Text"), (e.Value("Text", "øst"), e.Value("Text", "vest"))),
            "kontoens region er »øst« eller »vest«",
            "the account's region is “øst” or “vest”",
        ),
        (
            e.Between(REGISTERED, e.Value("Date", "2020-01-01"), e.Value("Date", "2020-12-31"), True),
            "first registered er fra 1. januar 2020 til og med 31. december 2020",
            "first registered is from January 1, 2020 to December 31, 2020, both included",
        ),
        (
            e.Not(e.Compare("==", CHILDREN, e.Value("Int", "2"))),
            "ikke (children er 2)",
            "not (children is 2)",
        ),
        (
            e.Ever("person", "ordered", e.Compare(">", e.Payload("amount", "Money"), e.Value("Money", "500 DKK"))),
            "»Ordre lagt«, hvor amount er mere end 500\xa0kr. er sket",
            "“Ordre lagt” where amount is more than DKK\xa0500 has happened",
        ),
    ],
)
def test_predicates(expression: e.Expression, danish: str, english: str) -> None:
    assert predicate(Names(sample.schedule(), DANISH), expression) == danish
    assert predicate(Names(sample.schedule(), ENGLISH), expression) == english


def test_every_kind_of_step_has_a_title_and_a_kind() -> None:
    names = Names(sample.schedule(), DANISH)
    seen = set()
    for campaign in sample.schedule().campaigns:
        for step in campaign.steps:
            seen.add(step.verb)
            assert steps.title(names, step).strip()
            assert steps.kind(names, step) != steps.KINDS[step.verb] or step.verb in ("stop",)
    assert seen == set(steps.KINDS)


def test_a_step_in_words() -> None:
    names = Names(sample.schedule(), DANISH)
    send = s.Send(id="x", place=0, channels=("email", "showroom"), message="news", at="09:00")
    assert (steps.title(names, send), steps.details(names, send)) == (
        "Nyhedsbrev",
        ("E-mail eller Forhandleren", "kl. 09.00"),
    )
    wait = s.WaitFor(id="x", place=0, event="ordered", role="approver", within="5d")
    assert (steps.title(names, wait), steps.details(names, wait)) == (
        "Vent på »Ordre lagt«",
        ("fra approver", "højst 5 dage"),
    )


@pytest.mark.parametrize(
    ("locale", "tag", "missing"),
    [("da", "da", None), ("da_DK", "da-DK", None), ("en-GB", "en-GB", None), ("fr", "en", "fr"), ("??", "en", "??")],
)
def test_locales(locale: str, tag: str, missing: str | None) -> None:
    words = words_for(locale)
    assert (words.tag, words.missing) == (tag, missing)


def test_what_the_library_wrote_is_danish_and_what_the_author_wrote_stays() -> None:
    assert DANISH.of_library("Awareness") == "Kendskab"
    assert DANISH.of_library("The first contact: a dialogue\nand an appointment. Selling comes later.").startswith(
        "Den første"
    )
    assert ENGLISH.of_library("Awareness") == "Awareness"
    assert Names(sample.schedule(), DANISH).channel("email") == "E-mail"


def test_no_english_word_stands_in_the_chrome_of_a_danish_page() -> None:
    """Every word of the page is the plan's own, a Danish word of the catalogue, or Babel's."""
    schedule = plans.with_titles_everywhere(plans.in_language("da"))
    (file,) = TARGET.files(schedule).value
    root = html.document_fromstring(file.content.decode())
    for hidden in root.xpath("//style | //script"):
        hidden.text = ""
    shown = " ".join([*root.itertext(), *root.xpath("//@aria-label | //@title")])
    danish = " ".join(part for message in messages("da") for part in parts(message.string))
    own = " ".join(plan_texts(schedule))
    babel = " ".join([*DANISH.locale.months["format"]["wide"].values(), *DANISH.locale.days["format"]["wide"].values()])
    short = " ".join([*DANISH.locale.months["format"]["abbreviated"].values(), "og eller den kr kl"])
    abroad = " ".join(f"{each.title} tasks {each.name} csv {' '.join(each.columns)}" for each in systems().values())
    digest = hashlib.sha256(document.to_json(schedule).encode()).hexdigest()
    codes = f"{abroad} {' '.join(RESERVED)} {digest}"
    allowed = words_of(f"{danish} {own} {babel} {short} {codes} gridlang grid plan sha")
    assert words_of(shown) - allowed == set()


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}", PLACEHOLDER.sub(" ", text).lower()))


def plan_texts(value: object) -> Iterator[str]:
    """Every text of a schedule, names with their underscores as blanks."""
    if isinstance(value, str):
        yield value.replace("_", " ")
    elif isinstance(value, tuple):
        for each in value:
            yield from plan_texts(each)
    elif isinstance(value, dict):
        yield from plan_texts((*value.keys(), *value.values()))
    elif hasattr(value, "__attrs_attrs__"):
        for field in value.__attrs_attrs__:
            if field.name not in ("declaration", "verb", "op", "type", "strength", "reach"):
                yield from plan_texts(getattr(value, field.name))


@pytest.mark.parametrize(
    ("phases", "relations", "said"),
    [
        (("sale",), (), "When somebody enters this phase"),
        (("sale", "loyalty"), (), "When somebody enters one of these phases"),
        (("sale",), ("repeat",), "When somebody belongs here"),
        ((), (), "When somebody belongs here"),
    ],
)
def test_a_run_begins_where_the_campaign_stands(phases: tuple[str, ...], relations: tuple[str, ...], said: str) -> None:
    schedule = sample.schedule()
    campaign = next(each for each in schedule.campaigns if not each.mass)
    placed = attrs.evolve(campaign, phases=phases, relations=relations, starts=None)
    assert steps.starts(Names(schedule, words_for("en")), placed) == said
