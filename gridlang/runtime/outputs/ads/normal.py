"""Personal data in the form in which advertising systems digest it: what two systems spell differently becomes equal.

SHA-256 of UTF-8, in hex. Google wants e-mail addresses trimmed and in small letters, telephone numbers in E.164
(`+4520304050`) and names in small letters; country and zip stay readable. Meta wants digits alone for telephones, no
punctuation in names, and digests of everything.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata


def digest(text: str) -> str:
    """The digest of a text that has its form already; nothing of nothing."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def email(text: str) -> str:
    """`Per@Example.dk ` as `per@example.dk`; what is no address is nothing."""
    found = re.sub(r"\s+", "", unicodedata.normalize("NFC", text)).lower()
    return found if re.fullmatch(r"[^@]+@[^@]+\.[^@.]+", found) else ""


def phone(text: str, calling_code: str | None) -> str:
    """E.164: `20 30 40 50` with the calling code 45 is `+4520304050`; a number without one, or of no possible length,
    is nothing. A trunk zero goes away where a calling code is put before it."""
    text = unicodedata.normalize("NFKC", text).replace("(0)", "")
    digits = "".join(str(unicodedata.digit(sign)) for sign in text if sign.isdigit())
    if text.lstrip().startswith("+"):
        number = digits
    elif digits.startswith("00"):
        number = digits[2:]
    elif calling_code:
        number = calling_code + digits.removeprefix("0")
    else:
        return ""
    return f"+{number}" if 7 <= len(number) <= 15 and not number.startswith("0") else ""


def name(text: str) -> str:
    """Small letters, one blank between words: Google's form."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def bare(text: str) -> str:
    """Small letters without blanks, figures or punctuation: Meta's form of names and towns."""
    return "".join(sign for sign in unicodedata.normalize("NFC", text).lower() if sign.isalpha())


def zip_code(text: str) -> str:
    """Small letters and figures; of an American one the first five."""
    found = re.sub(r"\s+", "", text).lower()
    return found[:5] if re.fullmatch(r"\d{5}-\d{4}", found) else found


def country(text: str) -> str:
    """ISO 3166 with two letters, small; else nothing."""
    found = text.strip().lower()
    return found if re.fullmatch(r"[a-z]{2}", found) else ""


def birth(text: str) -> str:
    """`1980-05-01` as `19800501`."""
    try:
        return dt.date.fromisoformat(text[:10]).strftime("%Y%m%d")
    except ValueError:
        return ""
