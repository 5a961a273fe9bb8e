"""Moments, wall clocks and durations (R8 to R11). Moments are whole seconds UTC since 1970."""
