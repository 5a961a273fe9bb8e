"""Findings: their model (`model`), their codes (`codes/`, a file per stage) and how they are shown (`render/`)."""

from gridlang.diagnostics.model import Code, Diagnostic, Edit, Fix, Level, Outcome, Related

__all__ = ["Code", "Diagnostic", "Edit", "Fix", "Level", "Outcome", "Related"]
