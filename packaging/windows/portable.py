"""The portable zip: the frozen folder, and a file ``portable`` that keeps settings beside it.

``python packaging/windows/portable.py FOLDER ZIP``. The same files and SOURCE_DATE_EPOCH give the
same bytes.
"""

from __future__ import annotations

import os
import sys
import time
import zipfile
from pathlib import Path

_TOP = "Hip Thrust Visualizer"
_MARK = "What you set and add is kept in the folder user beside this file.\r\n"


def main(frozen: Path, target: Path) -> None:
    """Write the zip."""
    made = time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", "315532800")))[:6]
    files = sorted(path for path in frozen.rglob("*") if path.is_file())
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:

        def add(name: str, data: bytes) -> None:
            entry = zipfile.ZipInfo(f"{_TOP}/{name}", made)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)

        add("portable", _MARK.encode())
        for path in files:
            add(path.relative_to(frozen).as_posix(), path.read_bytes())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
