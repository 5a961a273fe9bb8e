"""What a plan means: its names, its types, its kinds of declaration, and the schedule they make.

`program` loads and parses, `scope` knows the names, `kinds/` holds a file a kind, `flows/` joins the steps, `build`
goes through them all in the order in which facts are needed, `model` is what comes out.
"""
