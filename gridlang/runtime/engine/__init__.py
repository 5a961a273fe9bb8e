"""The engine: what the reference interpreter defines, for millions of accounts.

`columns` is what goes in and `results` what comes out, both arrays. `lowering` turns a schedule and columns into
tables of integers, `kernel` is the compiled loop over the moments of an account, and the desk where accounts meet
(R18). `large` goes from files (`reading`) to files (`writing`), `execution` from rows to rows, `spark` runs the same
kernel on partitions.
"""
