"""The findings for which the editor offers no edit, and why not. All others offer one in some case of `tests/cases`."""

from __future__ import annotations

from gridlang.diagnostics import catalogue

_OPEN = {
    "G0101 unexpected": "what was meant is open: completion shows all that fits there",
    "G0102 ends-early": "the rest was never written",
    "G0103 incomplete": "what is missing only its author knows: completion offers it word by word",
    "G0131 long-number": "which digits are too many, nobody can tell",
    "G0134 no-such-year": "which year was meant, nobody can tell",
    "G0136 long-duration": "which digits are too many, nobody can tell",
    "G0163 json": "a plan in JSON has no words for most of a plan",
    "G0190 too-deep": "the missing brace can be anywhere before",
    "G0191 long-expression": "which part deserves a name, its author decides",
    "G0192 large-file": "what belongs together in a file, its author decides",
    "G0213 two-plans": "which of the plans moves into which folder, their author decides",
    "G0218 hides-library": "a note: nothing is wrong",
    "G0221 long-lineage": "from which of thirty to start, its author decides",
    "G0317 bad-template": "the template engine knows the line, not the mistake",
    "G0323 let-cycle": "which of the definitions is the wrong one, their author knows",
    "G0324 condition-too-large": "a condition of thousands of parts is another condition when some are gone",
    "G0419 flow-cycle": "an arrow back leads to a step that its author chooses",
    "G0420 flow-too-large": "which of the steps can go, their author decides",
    "G0421 flow-arguments": "what to give a flow, its author decides: signature help shows what it takes",
    "G0429 deep-flow": "which of the flows can be run by another, their author decides",
    "G0437 empty-segment": "who was meant, its author knows",
    "G0511 never-open": "hours are agreed with people",
    "L0117 used-up-there": "another campaign says something else: what, its author knows",
    "L0121 long-blackout": "dates of a blackout are agreed with people",
    "L0122 forbidden-to-some": "a note: what the others should get instead, its author knows",
}
_NO_PLAN_TEXT = {
    "G00": "about files and folders: nothing in a plan's text is wrong",
    "G06": "about a schedule.json, which a build writes",
    "G07": "about the files of a run",
    "G09": "about grid.toml and what is built: no text of a plan",
    "G10": "about the state of a run",
    "G11": "about what was asked to be traced",
}

REASONS: dict[str, str] = {
    **_OPEN,
    **{
        f"{code.id} {code.name}": _NO_PLAN_TEXT[code.id[:3]]
        for code in catalogue.find().values()
        if code.id[:3] in _NO_PLAN_TEXT
    },
}
"""By id and name."""
