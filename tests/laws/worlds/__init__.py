"""Generated worlds, a plan with people, accounts, events and outcomes, and what a run of one gives."""
