"""What stands in the columns of the systems' import files, marked for the catalogue.

The systems say it in English, for the manual (`gridlang/crm/systems`); a test sees that every one of their texts is
here.
"""

from __future__ import annotations

from gridlang.targets.words import phrase

MEANINGS = frozenset(
    {
        phrase("0 low, 1 normal, 2 high: the campaign's priority below 34, up to 66, above"),
        phrase("0 open, 1 completed"),
        phrase("2 not started, 5 completed"),
        phrase("CALL on phone, EMAIL on e-mail, else TODO"),
        phrase("Call, Email or Task"),
        phrase("LOW, MEDIUM or HIGH: the campaign's priority below 34, up to 66, above"),
        phrase("Low, Normal or High: the campaign's priority below 34, up to 66, above"),
        phrase("NOT_STARTED or COMPLETED"),
        phrase("Not Started or Completed"),
        phrase("always 00:30: a plan does not say how long work takes"),
        phrase("always empty: a plan knows no deals"),
        phrase("call, meeting, email or task"),
        phrase("the account: `accounts`, else the id; empty for somebody without one"),
        phrase("the day it is due, UTC"),
        phrase("the day it is due, on the plan's clock"),
        phrase("the owner of `owners`"),
        phrase("the owner of `owners`, else the member by e-mail address or name"),
        phrase("the person: `contacts`, else the id"),
        phrase("the time of day, UTC"),
        phrase("true for what is not done"),
        phrase("what is to be done"),
        phrase("what is to be done; at most 200 characters"),
        phrase("what is to be done; at most 255 characters"),
        phrase("when it is due, UTC"),
        phrase("when it is handed out, UTC"),
        phrase("whom it is about, what to say, and where it comes from"),
        phrase("whom it is about, what to say, and where it comes from; at most 2,000 characters"),
        phrase("whom it is about, what to say, and where it comes from; at most 32,000 characters"),
    }
)
