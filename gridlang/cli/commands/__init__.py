"""A module a command: `grid NAME` is `NAME.command`."""
