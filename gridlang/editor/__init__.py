"""The language server: what an editor is told about a plan while somebody writes it.

`server` speaks the protocol (pygls), `session` knows the open texts and understands the plans they belong to, and
`features/` answers one sort of request a file, as functions of what a plan was understood as. `index/` says what stands
at a place and where a name is used, `context` what could be written at a place; `positions` is the one way between a
client's lines and columns and our offsets. Only `disk` looks at files, and only `server` knows the connection.

Nothing here runs what a plan says but the reference interpreter on the plan's own tests, and nothing is read outside
the folders that a plan may see (`files.Workspace`).
"""
