"""The schedule: the contract between the compiler and whoever executes or shows a plan.

`model`, `steps` and `expressions` are the document, `document` its JSON; `clock`, `windows` and `calendars` tell the
time, which both sides must tell alike.
"""
