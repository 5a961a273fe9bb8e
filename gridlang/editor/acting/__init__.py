"""Code actions, a file a sort: each gives `Action`s for a place of a text, and `BY_CODE` those for a finding."""
