"""How findings are shown: `text` to people in a terminal, `json` to programs."""
