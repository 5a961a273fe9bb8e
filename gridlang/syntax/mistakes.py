"""Tokens that are mistakes: what newcomers write where the language has another spelling.

Each is a token so that it can be told in its own words and read as what was meant: the declaration is not lost.
`building/repairs.py` has a method for each.
"""

from __future__ import annotations

_TO = r"(?:[ \t]?[-–—][ \t]?|[ \t]+(?:to|until|till|til|bis)[ \t]+)"
_HALF_DAY = r"[0-9]{1,2}(?:[:.][0-9]{2})?[ \t]?"
_MONTH = r"(?i:jan|feb|m[aä]r|apr|ma[jiy]|jun|jul|aug|sep|o[kc]t|nov|de[cz])[^\W\d]*"

FIRST: dict[str, str] = {
    "OLD_MOMENT": r"[0-9]{1,2}(?:-[0-9]{1,2}-|/[0-9]{1,2}/|\.[0-9]{1,2}\.)[0-9]{4}(?!\w)(?:[ \t]+[0-9]{1,2}:[0-9]{2})?",
    "DATE_RANGE": r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ \t]+(?:to|until|till|til|bis|[–—])[ \t]+[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?![ \t]+[0-9]{1,2}:)",
    "WORDY_DATE": rf"[0-9]{{1,2}}(?:st|nd|rd|th|\.)?[ \t]+{_MONTH}\.?,?[ \t]+[0-9]{{4}}(?!\w)",
    "SHORT_DATE": r"[0-9]{4}(?:-[0-9]{1,2}-[0-9](?!\w)|-[0-9]-[0-9]{2}(?!\w)|/[0-9]{1,2}/[0-9]{1,2}(?!\w))",
    "CLOCK_RANGE": rf"[0-9]{{1,2}}:[0-9]{{2}}{_TO}[0-9]{{1,2}}:[0-9]{{2}}",
    "HALF_DAY_RANGE": rf"{_HALF_DAY}(?:[AaPp][Mm])?{_TO}{_HALF_DAY}[AaPp][Mm](?!\w)",
    "HALF_DAY": rf"{_HALF_DAY}[AaPp][Mm](?!\w)(?![ \t]*(?:[:,.(]|->))",
    "HOUR_RANGE": r"[0-9]{1,2}(?:[-–]|[ \t]+(?:to|until|till|til|bis)[ \t]+)[0-9]{1,2}(?![\w:-])",
    "GROUPED_MONEY": r"[0-9](?<!0)[0-9]{0,2}(?:(?:\.[0-9]{3})+(?:,[0-9]+)?|(?:,[0-9]{3})+|(?:[ \t][0-9]{3})+)"
    r"[ \t]+(?:[A-Z]{3}(?![\w:])|kr(?!\w)\.?)",
    "COMMA_DECIMAL": r"[0-9]++,[0-9]++(?:[ \t]*%|[ \t]+[A-Z]{3}(?![\w:])|[ \t]*kr(?!\w)\.?)",
    "GROUPED_NUMBER": r"[0-9](?<!0)[0-9]{0,2}(?:\.[0-9]{3}){2,}(?![\w.])",
    "LOOSE_MONEY": r"[0-9][0-9_]*+(?:\.[0-9]++)?(?:[ \t]*(?:kr(?!\w)\.?|[€$£])|[A-Z]{3}(?!\w)"
    r"|[ \t]*(?:dkk|sek|nok|eur|usd|gbp|pounds?|euros?|dollars?|kroner|kronor)(?!\w))",
    "SIGN_MONEY": r"[€$£][ \t]*[0-9][0-9_]*+(?:[.,][0-9]++)*+",
    "LOOSE_DURATION": r"[0-9]++(?:[ \t]*(?:m|mins|minutes?|hrs?|hours?|days?|weeks?|months?|years?)"
    r"|[ \t]+(?:min|mo|[hdwy])|[ \t]*[HDWY]|workdays?|[ \t]+(?:work|working|business)[ \t]+days?)(?!\w)"
    r"(?![ \t]*(?:[:,.(]|->))",
    "SLASHES": r"//(?!/)[^\r\n]*",
    "STAR_REMARK": r"/\*[^\r\n]*",
    "ODD_QUOTES": r"[“”„‟«»″][^“”„‟«»″\"\r\n]*[“”„‟«»″\"]|'[^'\r\n]*'",
    "ODD_ARROW": r"→|⇒|=>|-->|[–—]>",
    "ODD_DOTS": r"\.\.\.|…",
    "ODD_COMPARE": r"[≥≤≠]|<>|=<",
    "ODD_LOGIC": r"&&|\|\||!(?!=)",
    "SEMICOLON": r";",
    "SQUARE": r"[\[\]]",
    "NUMBERED": r"[0-9]{1,2}[.)](?=[ \t]+[^\W\d])(?![ \t]+(?:and|or|in|before|within|per|across|\w+[ \t]*:)(?!\w))",
    "BULLET": r"[*•·‣–—](?=[ \t])",
    "INVISIBLE": r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200c-\u200f\u202a-\u202e\u2060-\u2064\ud800-\udfff]+",
}
"""Tried before the tokens of the grammar."""

LAST: dict[str, str] = {
    "UNCLOSED_TEXT": r'"[^\r\n]*',
}
"""Tried after them."""
