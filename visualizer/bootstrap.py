"""Sets everything up on a fresh machine: ``python3 -m visualizer.bootstrap``.

Standard library only: it runs before anything is installed. It makes ``.venv`` beside the package,
installs the project into it (with the native kernel where a C compiler is), and opens the window,
or, where there is no display, draws the demo picture. With ``--test`` it installs the test extra
as well and runs the checks and tests. Missing system libraries are installed on Debian as root,
elsewhere they are named.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from visualizer.system import missing_libraries, why_no_display

__all__ = ["main"]

_ROOT = Path(__file__).resolve().parent.parent
_VENV = _ROOT / ".venv"
_DEMO = "hip-thrust-demo.png"
# A process per core; each holds a body of its own, so not without end. The long tests lie in few
# files, so whoever is idle takes over tests of another process.
_PARALLEL = ("-n", "auto", "--maxprocesses", "8", "--dist", "worksteal")


def main(argv: Sequence[str] | None = None) -> int:
    """Set up and run; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python3 -m visualizer.bootstrap", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--test", action="store_true", help="set up and run the checks and tests")
    parser.add_argument("--setup-only", action="store_true", help="set up and stop")
    arguments = parser.parse_args(argv)
    if sys.version_info < (3, 11):  # noqa: UP036 - the message for those who have an older one
        found = ".".join(map(str, sys.version_info[:3]))
        return _fail(f"Python 3.11 or newer is needed, this is {found}")
    no_display = why_no_display()
    headless = arguments.test or no_display is not None
    status = _system_libraries(x11=not headless)
    if status:
        return status
    python = _environment(extra="test" if arguments.test else "")
    if python is None:
        return 1
    if arguments.setup_only:
        return 0
    if arguments.test:
        return _test(python)
    if no_display is None:
        return subprocess.call([str(python), "-m", "visualizer"], cwd=_ROOT)
    demo = Path.cwd() / _DEMO
    command = [
        str(python), "-m", "visualizer", "render", "barbell-hip-thrust",
        "--phase", "lift", "--at", "0.6", "--view", "side", "-o", str(demo),
    ]  # fmt: skip
    _say(f"{no_display}, so the window cannot open; drawing the demo picture instead")
    status = subprocess.call(command, cwd=_ROOT)
    if status == 0:
        _say(f"the demo picture is {demo}")
    return status


def _say(text: str) -> None:
    print(f"setup: {text}", flush=True)


def _fail(text: str) -> int:
    print(f"setup: {text}", file=sys.stderr, flush=True)
    return 1


def _run(command: Sequence[str], what: str) -> bool:
    """Run a step quietly; show its output only when it fails."""
    done = subprocess.run(command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        sys.stderr.write(done.stdout.decode(errors="replace"))
        _fail(f"{what} failed (see above)")
    return done.returncode == 0


# ------------------------------------------------------------------------------ system libraries
def _can_apt() -> bool:
    return shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


def _apt(packages: Sequence[str]) -> bool:
    _say(f"installing system packages: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages],
    ):
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment
        )
        if done.returncode != 0 and command[1] == "install":
            sys.stderr.write(done.stdout.decode(errors="replace"))
            return False
    return True


def _system_libraries(*, x11: bool) -> int:
    missing = missing_libraries(x11=x11)
    packages = sorted(set(missing.values()))
    if sys.platform.startswith("linux") and shutil.which("fc-list") is None and _can_apt():
        # without any font Qt draws boxes instead of letters
        packages += ["fontconfig", "fonts-dejavu-core"]
    if not packages:
        return 0
    if _can_apt() and _apt(packages) and not missing_libraries(x11=x11):
        return 0
    still = missing_libraries(x11=x11)
    if not still:
        return 0
    return _fail(
        f"these system libraries are missing: {', '.join(sorted(still))}. Install them and try "
        f"again; on Debian or Ubuntu: sudo apt-get install {' '.join(sorted(set(still.values())))}"
    )


# --------------------------------------------------------------------------- Python environment
def _venv_python() -> Path:
    return _VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _environment(extra: str) -> Path | None:
    """Make or refresh ``.venv`` and return its Python; None (and a message) when that fails."""
    python = _venv_python()
    if not _works(python):
        _say(f"making the Python environment {_VENV.name}")
        shutil.rmtree(_VENV, ignore_errors=True)
        made = subprocess.run(
            [sys.executable, "-m", "venv", str(_VENV)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        if made.returncode != 0 and _can_apt():
            version = f"{sys.version_info[0]}.{sys.version_info[1]}"
            # Debian keeps venv and the C headers in packages of their own
            _apt([f"python{version}-venv"])
            shutil.rmtree(_VENV, ignore_errors=True)
            made = subprocess.run(
                [sys.executable, "-m", "venv", str(_VENV)],
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip
        if made.returncode != 0:
            sys.stderr.write(made.stdout.decode(errors="replace"))
            _fail(
                "a Python environment cannot be made; install the venv module "
                "(on Debian or Ubuntu: sudo apt-get install python3-venv)"
            )
            return None
    _headers()
    stamp = _VENV / f".installed-{extra or 'run'}"
    if stamp.is_file() and stamp.read_text() == _fingerprint():
        return python
    _say("installing the application and its libraries")
    # the extensions are optional: one that cannot be built anew must not stay behind from before
    for old in _extensions():
        old.unlink()
    target = f"{_ROOT}[{extra}]" if extra else str(_ROOT)
    quiet = ["--quiet", "--disable-pip-version-check"]
    if not _run([str(python), "-m", "pip", "install", *quiet, "-e", target], "the installation"):
        return None
    stamp.write_text(_fingerprint())
    if not _extensions():
        _say("no C compiler was found: the slower numpy renderer will be used")
    return python


def _extensions() -> list[Path]:
    """Return the native extensions that are built in this folder."""
    folders = ("render/_kernel*", "anatomy/_strands*")
    return [f for pattern in folders for f in (_ROOT / "visualizer").glob(pattern)]


def _works(python: Path) -> bool:
    if not python.exists():
        return False
    return subprocess.call([str(python), "-c", "import pip"], stderr=subprocess.DEVNULL) == 0


def _headers() -> None:
    """Install Python's C headers where a compiler is but they are not, so the kernel can build."""
    import sysconfig

    header = Path(sysconfig.get_paths()["include"]) / "Python.h"
    if shutil.which("cc") and not header.is_file() and _can_apt():
        _apt([f"python{sys.version_info[0]}.{sys.version_info[1]}-dev"])


def _fingerprint() -> str:
    """Return what an installation depends on: project file, native sources, this Python."""
    digest = hashlib.sha256(sys.version.encode())
    native = (f for pattern in ("*.c", "*.h") for f in (_ROOT / "visualizer").rglob(pattern))
    for file in (_ROOT / "pyproject.toml", *sorted(native)):
        digest.update(file.read_bytes())
    return digest.hexdigest()


# ---------------------------------------------------------------------------------------- tests
def _test(python: Path) -> int:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    steps = (
        ("ruff", [str(python), "-m", "ruff", "check", "visualizer", "tests"]),
        ("mypy", [str(python), "-m", "mypy"]),
        ("tests", [str(python), "-m", "pytest", "-q", *_PARALLEL]),
    )
    failed = []
    for name, command in steps:
        _say(f"running {name}")
        if subprocess.call(command, cwd=_ROOT, env=environment) != 0:
            failed.append(name)
    if failed:
        return _fail(f"failed: {', '.join(failed)}")
    _say("all checks and tests passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
