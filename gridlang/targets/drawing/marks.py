"""The marks of channels and steps: line drawings of our own in a square of 24, as path data.

A page holds each once as a `<symbol id="mark-…">`; drawings and tables use it.
"""

from __future__ import annotations

CHANNELS = {
    "email": "M3 6h18v12H3zM3 7l9 7 9-7",
    "letter": "M4 4h12l4 4v12H4zM16 4v4h4M7 12h10M7 16h7",
    "phone": "M6 3l4 1 1 4-2 2c1 2 3 4 5 5l2-2 4 1 1 4c-1 2-3 3-5 3C10 20 4 14 3 8c0-2 1-4 3-5z",
    "sms": "M3 4h18v12h-9l-5 5v-5H3zM8 10h.01M12 10h.01M16 10h.01",
    "meeting": "M9 8m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0M3 20c0-4 2-6 6-6s6 2 6 6M15 5a3 3 0 0 1 0 6M17 14c3 0 4 2 4 6",
    "web": "M12 12m-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
    "tv": "M3 6h18v11H3zM8 21h8M12 17v4",
    "outdoor": "M4 4h16v10H4zM8 14v7M16 14v7",
    "press": "M4 4h13v16H6a2 2 0 0 1-2-2zM17 9h3v9a2 2 0 0 1-2 2M7 8h7M7 12h7M7 16h7",
    "search": "M10 10m-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0M15 15l6 6",
    "facebook": "M4 11v9h3v-9zM7 12l4-8c2 0 3 1 3 3l-1 3h6c1 0 2 1 2 2l-2 6c0 1-1 2-2 2H7",
}
"""Marks that a channel, or one it starts from, wears by its name."""

SIGNS = {
    "mass": "M4 10v4h4l8 5V5l-8 5zM19 9c1 2 1 4 0 6",
    "other": "M12 12m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0M12 3v3M12 18v3M3 12h3M18 12h3",
    "clock": "M12 12m-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0M12 7v5l4 2",
    "series": "M4 11a8 8 0 0 1 14-4l2 2M20 4v5h-5M20 13a8 8 0 0 1-14 4l-2-2M4 20v-5h5",
    "notice": "M6 17V11a6 6 0 0 1 12 0v6l2 1H4zM10 21h4",
    "rest": "M20 14A8 8 0 1 1 10 4a7 7 0 0 0 10 10z",
    "approver": "M12 3l2.6 5.8 6.2.6-4.700 4.200 1.400 6.200L12 16.500l-5.500 3.300 1.400-6.200L3.200 9.400l6.200-.6z",
    "person": "M12 8m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0M4 21c0-5 3-7 8-7s8 2 8 7",
}
"""Marks of steps, phases and persons, and of channels that the library does not know."""

MARKS = {**CHANNELS, **SIGNS}
