"""Laws of mending: on any text safe ways out come to an end, do no harm, and keep what could be understood."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import example, given

from gridlang.diagnostics import Diagnostic, Level
from gridlang.linting.fixing import ROUNDS, chosen, mend
from gridlang.source import Source
from gridlang.syntax import parse
from tests.laws.test_syntax import TEXTS
from tests.laws.worlds.profile import tried


def errors(text: str) -> list[Diagnostic]:
    return [problem for problem in parse(Source("plan.grid", text)).problems if problem.level is Level.ERROR]


@given(TEXTS)
@tried(300)
@example("a “b”; ; // c ; [x] → y\n- d: e\n/// f")
def test_mending_does_no_harm(text: str) -> None:
    def check(texts: Mapping[str, str]) -> tuple[Diagnostic, ...]:
        return parse(Source("plan.grid", texts.get("plan.grid", text))).problems

    done = mend(check)
    after = done.texts.get("plan.grid", text)
    assert len(errors(after)) <= len(errors(text))
    tired = sum(done.taken.values()) >= ROUNDS  # `-----------` is mended sign by sign
    assert done.refused or tired or not chosen(check(done.texts))


@given(TEXTS)
@tried(150)
def test_what_is_read_in_spite_of_its_spelling_is_read_so_once_it_is_mended(text: str) -> None:
    """A text whose mistakes can all be mended, and none of which cost a declaration its items, means the same after."""
    before = parse(Source("plan.grid", text))
    wrong = [problem for problem in before.problems if problem.level is Level.ERROR]
    if not wrong or not all(any(fix.safe for fix in problem.fixes) for problem in wrong):
        return
    if any(getattr(declaration, "broken", False) for declaration in before.value.declarations):
        return
    done = mend(lambda texts: parse(Source("plan.grid", texts.get("plan.grid", text))).problems)
    after = parse(Source("plan.grid", done.texts.get("plan.grid", text)))
    if not done.refused and not after.problems:
        assert after.value.declarations == before.value.declarations
