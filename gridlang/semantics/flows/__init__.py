"""Flows: from steps as written to the graph that the schedule holds.

`naming` gives every step its identity (R24), `building` joins them, `reading` reads what a step names.
"""
