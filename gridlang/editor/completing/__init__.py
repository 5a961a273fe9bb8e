"""Completion: `spot` says what is open at a place, the other files what fits there, `offer` what one proposal is."""
