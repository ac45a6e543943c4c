"""Tells why an OLE container is not read: an encrypted Office file, or an old one."""

from __future__ import annotations

from detente.errors import ReadError

_ENCRYPTED = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))
_OLD = (
    ("WordDocument", "an old Word file (.doc)"),
    ("Workbook", "an old Excel file (.xls)"),
    ("PowerPoint Document", "an old PowerPoint file (.ppt)"),
    ("__properties_version1.0", "an Outlook message (.msg)"),
)


def refusal(data: bytes) -> ReadError:
    """Return the error for an OLE container.

    Args:
        data: Its bytes, or as many of the first as hold its directory.
    """
    if any(name in data for name in _ENCRYPTED):
        return ReadError("encrypted", "the document is protected by a password")
    for name, words in _OLD:
        if name.encode("utf-16-le") in data:
            return ReadError(
                "format", f"it is {words}, a format that is not read: save it as .docx"
            )
    return ReadError("format", "it is an OLE container, a format that is not read")
