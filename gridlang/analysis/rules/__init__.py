"""One file a finding: why it matters, its code, and `check(model)` that yields it."""
