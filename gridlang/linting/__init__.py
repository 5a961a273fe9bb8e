"""What becomes of warnings and notes: allowed by a remark, weighed by `grid.toml`, known from before, mended.

`allowed` reads the remarks of a plan, `levels` its settings, `baseline` remembers findings by their `fingerprints`,
`fixing` takes the ways out that are safe. Errors go through untouched: no remark and no setting makes a plan right.
"""
