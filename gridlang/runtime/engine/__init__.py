"""The engine: what the reference interpreter defines, for millions of accounts.

`columns` is what goes in and `results` what comes out, both arrays. `lowering` turns a schedule and columns into
tables of integers, `kernel` is the compiled loop over the moments of an account, `desk` where accounts meet (R18).
"""
