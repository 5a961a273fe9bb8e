"""Who is in which share (R20), and what every row is called (R24)."""

from __future__ import annotations

import hashlib
import unicodedata

SEPARATOR = "\x1f"
BUCKETS = 10_000


def bucket(seed: str, campaign: str, step: str, whom: str) -> int:
    """R20: 0 to 9999, by the first 8 bytes of SHA-256. `whom` is a contact, for step "holdout" an account."""
    digest = hashlib.sha256(SEPARATOR.join((seed, campaign, step, whom)).encode()).digest()
    return int.from_bytes(digest[:8], "big") % BUCKETS


def row_id(plan: str, contact: str, campaign: str, step: str, visit: int) -> str:
    """R24: the first 20 hex digits of SHA-256. `contact` is empty for a run of the plan."""
    text = SEPARATOR.join((plan, contact, campaign, step, str(visit)))
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:20]
