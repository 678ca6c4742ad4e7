"""Sets everything up on a fresh machine; ``visualizer.bootstrap`` runs it.

Standard library only: it runs before anything is installed. It makes ``.venv`` beside the package,
installs the project into it (with the native kernel where a C compiler is), and opens the window,
or, where there is no display, draws the demo picture. With ``--test`` it installs the test extra
as well and runs the checks and tests. Missing system libraries are installed on Debian as root,
elsewhere they are named.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from visualizer.compiler import Compiler
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
    if not (_ROOT / "pyproject.toml").is_file():
        return _fail("this sets up a folder of sources; here `visualizer` is installed already")
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
    variation = _first_variation(python)
    if variation is None:
        return _fail("the data of this folder cannot be read (see above)")
    demo = Path.cwd() / _DEMO
    command = [
        str(python), "-m", "visualizer", "render", variation,
        "--phase", "lift", "--at", "0.6", "--view", "side", "-o", str(demo),
    ]  # fmt: skip
    _say(f"{no_display}, so the window cannot open; drawing the demo picture instead")
    status = subprocess.call(command, cwd=_ROOT)
    if status == 0:
        _say(f"the demo picture is {demo}")
    return status


def _first_variation(python: Path) -> str | None:
    """Return the id of the first variation; None where there is none."""
    command = [str(python), "-m", "visualizer", "list", "--json"]
    listed = subprocess.run(command, cwd=_ROOT, stdout=subprocess.PIPE)
    return str(json.loads(listed.stdout)[0]["id"]) if listed.returncode == 0 else None


def _say(text: str) -> None:
    print(f"setup: {text}", flush=True)


def _fail(text: str) -> int:
    print(f"setup: {text}", file=sys.stderr, flush=True)
    return 1


def _run(command: Sequence[str], what: str, environment: dict[str, str]) -> bool:
    """Run a step quietly; show its output only when it fails."""
    done = subprocess.run(
        command, cwd=_ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
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
    if not _works(python) and not _make_environment():
        return None
    compiler = Compiler.found()
    if compiler.path is not None and not compiler.has_headers and _can_apt():
        _apt([f"python{sys.version_info[0]}.{sys.version_info[1]}-dev"])
        compiler = Compiler.found()
    stamp = _VENV / f".installed-{extra or 'run'}"
    before, now = _read_stamp(stamp), {"project": _fingerprint(), "folder": str(_ROOT)}
    same = before.get("project") == now["project"]
    missing = _missing_extensions()
    # what could not be built is tried again when there is another compiler, or one at last
    again = bool(missing) and before.get("compiler") != compiler.identity()
    if same and before.get("folder") == now["folder"] and not again:
        return python
    if same and not again:
        _say("this folder was moved; putting the commands in .venv right")
    _say("installing the application and its libraries")
    if not same:
        # the extensions are optional: one that cannot be built anew must not stay from before
        for old in _extensions():
            try:
                old.unlink()
            except OSError as error:
                _fail(f"{old} cannot be replaced ({error.strerror}); is the window still open?")
                return None
    target = f"{_ROOT}[{extra}]" if extra else str(_ROOT)
    quiet = ["--quiet", "--disable-pip-version-check"]
    command = [str(python), "-m", "pip", "install", *quiet, "-e", target]
    if not _run(command, "the installation", compiler.environment()):
        if same:
            _say("going on with what was installed before")
            return python
        return None
    missing = _missing_extensions()
    if missing:
        now["compiler"] = compiler.identity()
        sources = [_NATIVE[name] for name in missing]
        _say(
            f"the fast native code could not be built: {compiler.why_not(_ROOT, sources)}. Slower "
            "code does its work. When this is mended, the same command builds it"
        )
    stamp.write_text(json.dumps(now))
    return python


def _make_environment() -> bool:
    """Make ``.venv`` anew; False (and a message) when that fails."""
    _say(f"making the Python environment {_VENV.name}")
    shutil.rmtree(_VENV, ignore_errors=True)
    try:
        _VENV.mkdir(exist_ok=True)
    except OSError as error:
        _fail(
            f"{_VENV} cannot be made ({error.strerror}); copy the folder to a place where you may "
            "write and start there"
        )
        return False
    made = _venv()
    if made.returncode != 0 and _can_apt():
        # Debian keeps venv in a package of its own
        _apt([f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"])
        shutil.rmtree(_VENV, ignore_errors=True)
        made = _venv()
    if made.returncode == 0:
        return True
    said = made.stdout.decode(errors="replace")
    sys.stderr.write(said)
    if "ensurepip" in said or "No module named venv" in said:
        reason = "install the venv module (on Debian or Ubuntu: sudo apt-get install python3-venv)"
    else:
        reason = "the lines above say why"
    _fail(f"a Python environment cannot be made; {reason}")
    return False


def _venv() -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "venv", str(_VENV)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def _read_stamp(stamp: Path) -> dict[str, str]:
    """Return what was noted at the last installation, nothing where that cannot be read."""
    try:
        noted = json.loads(stamp.read_text())
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


# Where the native extensions are built, and from what.
_NATIVE = {
    "render/_kernel": "render/native/module.c",
    "anatomy/_strands": "anatomy/strands.c",
}


def _extensions() -> list[Path]:
    """Return the native extensions that are built in this folder."""
    return [
        file
        for name in _NATIVE
        for ending in (".so", ".pyd")
        for file in (_ROOT / "visualizer").glob(f"{name}*{ending}")
    ]


def _missing_extensions() -> list[str]:
    built = [file.relative_to(_ROOT / "visualizer").as_posix() for file in _extensions()]
    return [name for name in _NATIVE if not any(file.startswith(f"{name}.") for file in built)]


def _works(python: Path) -> bool:
    if not python.exists():
        return False
    return subprocess.call([str(python), "-c", "import pip"], stderr=subprocess.DEVNULL) == 0


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
    # the tests start a hundred processes, and each would compile all of the code anew
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    steps = (
        ("ruff", [str(python), "-m", "ruff", "check", "visualizer", "tests", "tools", "packaging"]),
        ("format", [str(python), "-m", "ruff", "format", "--check", "-q", "visualizer", "tests"]),
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
