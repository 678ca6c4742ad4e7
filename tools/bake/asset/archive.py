"""A ``.npz`` writer whose output depends on nothing but its input.

``numpy.savez`` stamps the current time into the zip; here the order is the caller's, the date is
fixed and the compression level is pinned, so the same arrays give the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["write_npz"]

_DATE = (1980, 1, 1, 0, 0, 0)
_LEVEL = 6


def write_npz(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays to ``path`` as a compressed npz file.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    arrays : mapping of str to ndarray
        Written in this order, C-contiguous and little-endian.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name, array in arrays.items():
            contiguous = np.ascontiguousarray(array)
            if np.ndim(array) == 0:
                contiguous = contiguous.reshape(())
            if contiguous.dtype.hasobject:
                raise TypeError(f"{name}: objects are not stored")
            contiguous = contiguous.astype(contiguous.dtype.newbyteorder("<"), copy=False)
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, contiguous, version=(1, 0), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, buffer.getvalue())
