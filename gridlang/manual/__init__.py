"""The manual: pages of `grid explain` and the reference of the language, generated from what the compiler knows."""
