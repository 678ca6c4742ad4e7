"""Zip files that are the same to the byte whenever their content is."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from typing import BinaryIO

__all__ = ["write_zip"]

_THEN = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip file can state


def write_zip(stream: BinaryIO, files: Mapping[str, bytes]) -> None:
    """Write files, by their names, in their order.

    Parameters
    ----------
    stream : binary stream
        Where to.
    files : mapping of str to bytes
        Content by name.
    """
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _THEN)
            entry.external_attr = 0o644 << 16
            # pictures are packed already
            packed = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            package.writestr(entry, content, packed)
