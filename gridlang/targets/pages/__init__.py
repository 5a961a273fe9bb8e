"""A plan told section by section, in the words of its language and with the places it was written at.

What `plan_html` and `plan_md` both show; each has its own templates, none of them decides anything.
"""
