"""Well-typed plans, made of nodes: what the checker must let pass and the interpreter must be able to run."""

from tests.laws.plans_strategy.plans import Plan, plans

__all__ = ["Plan", "plans"]
