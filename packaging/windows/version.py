"""What Windows shows of the programs under Properties, as PyInstaller wants it."""

from __future__ import annotations

__all__ = ["version_text"]

_TEXT = """VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004,
                    fileType=0x1, subtype=0x0, date=(0, 0)),
  kids=[
    StringFileInfo([StringTable("040904B0", [
      StringStruct("CompanyName", "The hip-thrust visualizer's authors"),
      StringStruct("FileDescription", "Hip Thrust Visualizer"),
      StringStruct("FileVersion", "{version}"),
      StringStruct("ProductName", "Hip Thrust Visualizer"),
      StringStruct("ProductVersion", "{version}"),
      StringStruct("LegalCopyright", "Apache License 2.0"),
    ])]),
    VarFileInfo([VarStruct("Translation", [1033, 1200])]),
  ],
)
"""


def version_text(version: str) -> str:
    """Return the resource of a version like ``1.2.3``."""
    numbers = [int(part) for part in version.split(".")[:4] if part.isdigit()]
    return _TEXT.format(version=version, numbers=tuple((numbers + [0] * 4)[:4]))
