"""The result of tests as people, programs and build servers read it."""

from __future__ import annotations

import json
from io import BytesIO

from junitparser import Failure, JUnitXml
from lxml import etree

from gridlang.runtime import testing
from gridlang.runtime.testing import as_json, as_junit, as_text
from gridlang.runtime.testing.result import Result
from tests.unit.testing.plans import schedule

FAILS = "expect 2027-02-01 10:00 send plain hello to per"
TEXT = """\
FAILED  A story ({story})

        {line}: expected
            send plain hello to per, Mon 1 Feb 2027 10:00
          happened
            touch {id}: plain hello to per of home, Mon 1 Feb 2027 09:00
              campaign greet "Greet", step hi, visit 1
              message hello "Hello"
              on the person's clock, UTC+01:00

            ready Mon 1 Feb 08:00 ({step})
            at 09:00 ({step}): to Mon 09:00

1 test: 0 held, 1 failed.
"""

FORM = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:attributeGroup name="counts">
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="errors" type="xs:nonNegativeInteger"/>
    <xs:attribute name="skipped" type="xs:nonNegativeInteger"/>
    <xs:attribute name="time" type="xs:decimal"/>
  </xs:attributeGroup>
  <xs:element name="testsuites"><xs:complexType>
    <xs:sequence><xs:element ref="testsuite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
    <xs:attributeGroup ref="counts"/>
  </xs:complexType></xs:element>
  <xs:element name="testsuite"><xs:complexType>
    <xs:sequence>
      <xs:element name="testcase" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
        <xs:sequence>
          <xs:element name="failure" minOccurs="0"><xs:complexType><xs:simpleContent>
            <xs:extension base="xs:string">
              <xs:attribute name="message" type="xs:string"/><xs:attribute name="type" type="xs:string" use="required"/>
            </xs:extension>
          </xs:simpleContent></xs:complexType></xs:element>
        </xs:sequence>
        <xs:attribute name="name" type="xs:string" use="required"/>
        <xs:attribute name="classname" type="xs:string" use="required"/>
        <xs:attribute name="file" type="xs:string"/>
        <xs:attribute name="line" type="xs:positiveInteger"/>
        <xs:attribute name="time" type="xs:decimal"/>
      </xs:complexType></xs:element>
      <xs:element name="system-out" type="xs:string" minOccurs="0"/>
    </xs:sequence>
    <xs:attributeGroup ref="counts"/>
  </xs:complexType></xs:element>
</xs:schema>"""
"""What build servers agree on of JUnit's form."""


def result(lines: str, *, listed: bool = False) -> Result:
    made = schedule(lines)
    told = (testing.run(made, made.tests[0]),)
    left = testing.untaken(made, told) if listed else None
    return Result(schedule=made, told=told, untaken=left, arms=len(testing.arms(made)))


def test_a_failure_is_shown_whole() -> None:
    shown = result(FAILS)
    touch = shown.told[0].failures[0].happened[0].row
    step = shown.where(shown.schedule.campaigns[0].steps[0].place)
    line, story = shown.where(shown.told[0].failures[0].place), shown.where(shown.told[0].story.place)
    assert as_text.render(shown) == TEXT.format(story=story, line=line, id=getattr(touch, "id", ""), step=step)


def test_what_holds_is_one_line_and_the_arms_follow() -> None:
    shown = result("expect send plain hello to per", listed=True)
    assert as_text.render(shown).splitlines()[2:] == ["11 of 12 arms are taken by no test; --arms lists them."]
    lines = as_text.render(shown, arms=True).splitlines()
    assert lines[0].startswith("ok      A story (plan.grid:")
    assert lines[1] == "1 test: 1 held, 0 failed."
    assert lines[2] == "No test takes these arms, 11 of 12:"
    assert lines[3].endswith('campaign greet, "More?": asked')
    assert len(lines) == 3 + 11


def test_more_of_what_must_not_be_is_counted() -> None:
    lines = "on 2027-02-02 12:00 per asked\nexpect no plain to per"
    many = as_text.render(result(lines))
    assert "and 1 more" not in many
    text = many.split("happened")[1]
    assert "plain hello" in text
    assert "letterbox again" in text


def test_an_issue_is_shown_at_its_line() -> None:
    shown = result("on 2027-02-02 10:00 per answers yes to call\nexpect send plain hello")
    event = shown.schedule.tests[0].events[0].place
    assert f"        {shown.where(event)}: nobody asked per for call" in as_text.render(shown)


def test_a_plan_without_tests_says_so() -> None:
    made = schedule("expect send plain hello")
    assert "no tests" in as_text.render(Result(schedule=made, told=(), untaken=(), arms=0))


def test_json_says_the_same() -> None:
    document = json.loads(as_json.render(result(FAILS, listed=True)))
    assert (document["format"], document["version"], document["plan"]) == ("gridlang.tests", 1, "small")
    (test,) = document["tests"]
    assert (test["title"], test["holds"], test["issues"], test["file"]) == ("A story", False, [], "plan.grid")
    (failure,) = test["failures"]
    assert failure["expected"] == "send plain hello to per, Mon 1 Feb 2027 10:00"
    (happened,) = failure["happened"]
    assert (happened["sort"], happened["row"]["local"]) == ("send", "2027-02-01T09:00:00+01:00")
    assert happened["row"]["because"][1].endswith("+3600")
    assert {"campaign": "greet", "arm": "asked"}.items() <= document["untaken"][0].items()
    assert json.loads(as_json.render(result(FAILS)))["untaken"] is None


def test_junit_is_read_by_a_standard_reader() -> None:
    text = as_junit.render(result(FAILS, listed=True))
    (suite,) = JUnitXml.fromroot(etree.fromstring(text.encode()))
    assert (suite.name, suite.tests, suite.failures, suite.errors) == ("small", 1, 1, 0)
    (case,) = suite
    assert (case.name, case.classname) == ("A story", "small")
    (failure,) = case.result
    assert isinstance(failure, Failure)
    assert failure.message == "expected send plain hello to per, Mon 1 Feb 2027 10:00"
    assert failure.type == "expectation"
    assert "ready Mon 1 Feb 08:00" in failure.text
    assert 'campaign greet, "More?": asked' in etree.fromstring(text.encode()).findtext("testsuite/system-out", "")


def test_junit_has_the_form_that_build_servers_agree_on() -> None:
    form = etree.XMLSchema(etree.fromstring(FORM))
    for lines in (FAILS, "expect send plain hello", "on 2027-02-02 10:00 per answers yes to call\nexpect move third"):
        form.assertValid(etree.parse(BytesIO(as_junit.render(result(lines, listed=True)).encode())))


def test_junit_of_what_holds_has_no_failure() -> None:
    (suite,) = JUnitXml.fromroot(etree.fromstring(as_junit.render(result("expect send plain hello")).encode()))
    assert (suite.failures, [case.result for case in suite]) == (0, [[]])


def test_a_title_that_xml_cannot_hold_breaks_nothing() -> None:
    import attrs

    shown = result("expect send plain hello")
    story = attrs.evolve(shown.told[0].story, title='A <b> & "c" \x01 \ud800')
    told = attrs.evolve(shown.told[0], story=story)
    text = as_junit.render(attrs.evolve(shown, told=(told,)))
    (suite,) = JUnitXml.fromroot(etree.fromstring(text.encode()))
    assert [case.name for case in suite] == ['A <b> & "c" \ufffd \ufffd']
