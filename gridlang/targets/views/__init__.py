"""What pages need to know of a schedule, worked out once: the grid, who hears what, flows as graphs, the year.

They are facts without words and without drawing; `words` says them and `drawing` draws them.
"""
