"""Whole declarations, blocks and steps with places to fill in. What a kind needs comes from its table of fields."""

from __future__ import annotations

from gridlang.semantics.kinds.base import Kind

USUAL = {
    "plan": """plan ${1:name} "${2:Title}" {
  period:    ${3:2027-01-04 .. 2027-12-31}
  timezone:  "${4:Europe/Copenhagen}"
  locale:    ${5|en,da|}
  currency:  ${6:DKK}
  calendar:  ${7:std.calendars.denmark}
  journey:   ${8:std.journeys.marketing_grid}
  relations: ${9:std.relations.buying_cycle}
}""",
    "campaign": """campaign ${1:name} "${2:Title}" {
  segment: ${3:segment}
  phase:   ${4:phase}
  role:    ${5:target}

  flow {
    ${0}
  }
}""",
    "message": """message ${1:name} "${2:Title}" {
  subject: "${3:Subject}"
  body:    ${4:file("messages/${1:name}.md")}
}""",
    "segment": """segment ${1:name} "${2:Title}" {
  where: ${3:otherwise}
  size:  ${4:1_000}
}""",
    "event": """event ${1:name} "${2:Title}" { from: ${3:web} }""",
    "channel": """channel ${1:name}: ${2:email} "${3:Title}" {
  cost: ${4:1 DKK}
}""",
    "map": """map ${1:name} "${2:Title}" {
  segment: ${3:segment}
  phase:   ${4:phase}

  roles {
    ${5:person}: target, approver
  }
  influence {
    ${6:one} -> ${5:person}: ${7|strong,weak|}
  }
}""",
    "person": """person ${1:name} "${2:Title}" { when: ${3:condition} }""",
    "team": """team ${1:name} "${2:Title}" {
  members:  "${3:name@example.com}"
  hours:    09:00 .. 17:00
  days:     workdays
  capacity: ${4:25} per calendar day
}""",
    "rule": """rule ${1:name} "${2:Title}" {
  cap: ${3:3 per 7d across all}
}""",
    "kpi": """kpi ${1:name} "${2:Title}" {
  counts: ${3:event}
  aim:    ${4:100 per calendar quarter}
}""",
    "journey": """journey ${1:name}: ${2:std.journeys.marketing_grid} {
  ${3:contact} -> ${4:sale}: ${5:event}
}""",
    "test": """test "${1:What must hold}" {
  starts: ${2:2027-02-01 08:00}
  person ${3:per} { ${4:first_name: "Per"} }

  enter ${5:contact}
  expect ${6:2027-02-01 09:00} send ${7:email message} to ${3:per}
}""",
    "fields": """fields ${1|person,account|} {
  ${2:name}: ${3:Text}
}""",
    "need": 'need ${1:name} "${2:Title}"',
    "barrier": 'barrier ${1:name} "${2:Title}"',
    "role": 'role ${1:name} "${2:Title}"',
}
DECLARATIONS = {
    "let": "let ${1:name} = ${2:condition}",
    "use": """use "../${1:folder}" as ${1:folder}""",
    "flow": """flow ${1:name}(${2:letter: Message}) {
  ${0}
}""",
}
STEPS = {
    "send": "send ${1:channel} ${2:message}",
    "show": "show ${1:channel} ${2:message} for ${3:3w}",
    "task": """task ${1:phone} ${2:message} by ${3:team} due ${4:2 workdays} {
  ${5:outcome} -> ${6:stop}
}""",
    "wait": "wait ${1:2d}",
    "wait until": "wait until ${1:monday} at ${2:09:00}",
    "wait for": "wait for ${1:event} within ${2:5d}",
    "ask": """ask "${1:Question?}" within ${2:5d} {
  ${3:event} -> ${4:stop}
  nothing -> ${5:stop}
}""",
    "choose": """choose "${1:Question?}" {
  ${2:condition} -> ${3:stop}
  otherwise -> ${4:stop}
}""",
    "split": """split "${1:Question?}" {
  50% -> ${2:stop}
  50% -> ${3:stop}
}""",
    "repeat": """repeat every ${1:4w} {
  ${0}
}""",
    "move": "move ${1:phase}",
    "stop": "stop",
    "notify": 'notify ${1:team} "${2:text}"',
    "run": "run ${1:flow}()",
}
STORY = {
    "enter": "enter ${1:phase}",
    "on": "on ${1:2027-02-03 12:00} ${2:per} ${3:event}",
    "expect": "expect ${1:2027-02-01 09:00} send ${2:channel} ${3:message} to ${4:per}",
    "expect no": "expect no ${1:channel} to ${2:per}",
}


def declaration(kind: Kind) -> str:
    """A whole declaration of a kind."""
    if kind.word in USUAL:
        return USUAL[kind.word]
    needed = [f"  {spec.name}: ${{{number}:…}}" for number, spec in enumerate(kind.fields, 3) if spec.required]
    head = f'{kind.word} ${{1:name}} "${{2:Title}}"'
    return "\n".join((f"{head} {{", *(needed or ["  ${0}"]), "}"))


def block(kind: Kind) -> str:
    """A block in a declaration."""
    head = f"{kind.word} ${{1:name}}" if kind.named else kind.word
    return f"{head} {{\n  ${{0}}\n}}"
