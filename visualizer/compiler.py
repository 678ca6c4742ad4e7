"""The C compiler of this machine, and why it did not build the native code.

Standard library only, since the setup uses it before anything is installed.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Compiler"]

_COMMON = ("cc", "gcc", "clang")


@dataclass(frozen=True)
class Compiler:
    """What setuptools will build with.

    Attributes
    ----------
    path : Path or None
        The program, None where there is none.
    wanted : bool
        Whether it is the one that setuptools takes by itself.
    has_headers : bool
        Whether Python's C headers are there.
    """

    path: Path | None
    wanted: bool
    has_headers: bool

    @classmethod
    def found(cls) -> Compiler:
        """Return the compiler of the variable CC, of this Python, or a common one."""
        headers = (Path(sysconfig.get_paths()["include"]) / "Python.h").is_file()
        named = os.environ.get("CC") or str(sysconfig.get_config_var("CC") or "")
        words = shlex.split(named) or [""]
        names = (words[0],) if os.environ.get("CC") else (words[0], *_COMMON)
        for name in names:
            path = shutil.which(name) if name else None
            if path is not None:
                return cls(Path(path), name == words[0], headers)
        return cls(None, False, headers)

    def identity(self) -> str:
        """Return what changes when there is another compiler, or what it needs."""
        if self.path is None:
            return "none"
        try:
            changed = self.path.stat().st_mtime_ns
        except OSError:
            changed = 0
        return f"{self.path} {changed} {self.has_headers}"

    def environment(self) -> dict[str, str]:
        """Return the environment in which setuptools finds it."""
        if self.path is None or self.wanted:
            return dict(os.environ)
        return {**os.environ, "CC": str(self.path)}

    def why_not(self, root: Path, sources: Sequence[str]) -> str:
        """Return why native code was not built, in words that end a sentence.

        Parameters
        ----------
        root : Path
            The folder of the project.
        sources : sequence of str
            C files that were not built, within the package.
        """
        if sys.platform == "win32":
            return "Microsoft's C++ build tools were not found or refused the code"
        if self.path is None:
            return "no C compiler was found (on Debian or Ubuntu: sudo apt-get install gcc)"
        if not self.has_headers:
            version = f"{sys.version_info[0]}.{sys.version_info[1]}"
            return (
                "Python's C headers are missing (on Debian or Ubuntu: sudo apt-get install "
                f"python{version}-dev)"
            )
        for source in sources:
            said = self._complaint(root / "visualizer", source)
            if said:
                return f"the C compiler {self.path} fails ({said})"
        return f"the C compiler {self.path} is there, but the build failed"

    def _complaint(self, package: Path, source: str) -> str:
        include = sysconfig.get_paths()["include"]
        command = [str(self.path), "-std=c99", f"-I{include}", f"-I{package}", "-fsyntax-only"]
        try:
            done = subprocess.run(
                [*command, str(package / source)],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=60,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
        if done.returncode == 0:
            return ""
        lines = done.stdout.decode(errors="replace").splitlines()
        telling = [line for line in lines if "error" in line.lower()] or lines
        return telling[0].strip()[:200] if telling else f"status {done.returncode}"
