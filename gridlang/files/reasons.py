"""Why the disk did not do what was asked, in words; each as a finding (G00xx) where there is one."""

from __future__ import annotations

import codecs
import errno
import os
from pathlib import Path

from gridlang.diagnostics.codes import files as codes
from gridlang.diagnostics.model import Diagnostic

LINKED = "a link in it leads out of the folder of the outputs"
_FULL = (errno.ENOSPC, errno.EDQUOT)
REASONS: dict[int | None, str] = {
    errno.EACCES: "you have no right to",
    errno.EPERM: "you have no right to",
    errno.EROFS: "the disk is read-only",
    errno.ELOOP: "its links run in a circle",
    errno.ENAMETOOLONG: "its name is too long",
    errno.EFBIG: "a file in it would be larger than you may write (`ulimit -f`)",
    errno.EISDIR: "a folder of that name is in the way",
}


def reason(error: Exception) -> str:
    """Why the disk refused, in words."""
    if isinstance(error, OSError):
        return REASONS.get(error.errno) or error.strerror or str(error)
    return str(error)


def write_problem(folder: Path, error: OSError) -> Diagnostic:
    """Why something could not be written into a folder."""
    if error.errno in _FULL:
        return codes.DISK_FULL.at(None, path=folder)
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return codes.OUTPUT_BLOCKED.at(None, path=folder, reason=write_reason(error))
    return codes.OUTPUT_BLOCKED.at(None, path=error.filename or folder, reason=write_reason(error))


def write_reason(error: OSError) -> str:
    """Why something could not be written, in words."""
    if error.errno in _FULL:
        return "no room left on the disk"
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return "a file of that name is in the way"
    if error.errno == errno.ENOENT:
        return "no folder can be made there"
    return LINKED if error.strerror == LINKED else reason(error)


def unreadable(shown: str, reason: str) -> Diagnostic:
    """A file or folder, named as `shown`, that cannot be read."""
    return codes.UNREADABLE.at(
        None, path=shown, reason=reason, way_out="see that the file exists and that you may read it"
    )


def no_file(place: Path, shown: str) -> Diagnostic:
    """A folder, a pipe or a device stands where a file should."""
    if place.is_dir():
        return codes.UNREADABLE.at(None, path=shown, reason="it is a folder", way_out="name the file in it")
    return codes.UNREADABLE.at(None, path=shown, reason="it is not a file", way_out="name a file")


def not_utf8(data: bytes, at: int, shown: str) -> Diagnostic:
    """Bytes that are no UTF-8 from `at` on, and what they may be instead."""
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        guess = "UTF-16, which Windows calls Unicode"
    elif data.count(0) > 0:
        guess = "no text at all"
    else:
        guess = "Windows-1252 or ISO 8859-1"
    line = data.count(b"\n", 0, at) + 1
    return codes.NOT_UTF8.at(None, path=shown, line=line, byte=f"0x{data[at]:02X}", guess=guess)


def near(place: Path) -> str:
    """`; did you mean …?` when a file of nearly that name stands there."""
    import difflib

    try:
        found = difflib.get_close_matches(place.name, os.listdir(place.parent), n=1, cutoff=0.75)
    except (OSError, ValueError):
        return ""
    return f"; did you mean `{found[0]}`?" if found else ""
