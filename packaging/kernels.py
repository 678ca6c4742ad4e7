"""Compiles the native kernels with clang for this system or another: ``kernels.py TARGET FOLDER``.

For Windows, whose usual compiler knows no vectors, and to see anywhere that the sources compile for
every system. The compiler is that of the package ziglang, which brings what each system needs.
The extensions keep to Python's stable interface, so one of a kind serves 3.11 and later.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_SOURCES = {
    "render/_kernel": "visualizer/render/native/module.c",
    "anatomy/_strands": "visualizer/anatomy/strands.c",
}
# On these the processor cannot choose while the program runs, so the kernel is there twice.
_TWICE = {"render/_kernel_avx2": "visualizer/render/native/module.c"}
_AVX2 = ("-mavx2", "-DVISUALIZER_AVX2")
# Name of the target, what clang calls it, and the ending of an extension there.
_TARGETS = {
    "windows-x86_64": ("x86_64-windows-gnu", ".pyd"),
    "windows-arm64": ("aarch64-windows-gnu", ".pyd"),
    "macos-x86_64": ("x86_64-macos.13.0", ".abi3.so"),
    "macos-arm64": ("aarch64-macos.13.0", ".abi3.so"),
    "linux-x86_64": ("x86_64-linux-gnu.2.28", ".abi3.so"),
    "linux-arm64": ("aarch64-linux-gnu.2.28", ".abi3.so"),
}
_FLAGS = (
    "-O3", "-g0", "-std=c99", "-fno-math-errno", "-fno-trapping-math", "-Wall", "-Werror",
    "-Wno-bitwise-instead-of-logical",  # meant: without jumps
    "-Wno-unused-function",  # what the sources share, not each needs
)  # fmt: skip
# What macros of Python.h need besides what the sources name.
_HIDDEN = (
    "PyEval_RestoreThread", "PyEval_SaveThread", "Py_DecRef", "Py_IncRef", "_Py_BuildValue_SizeT",
    "_Py_Dealloc", "_Py_DecRef", "_Py_IncRef",
)  # fmt: skip
_DATA = ("_Py_NoneStruct", "PyExc_MemoryError", "PyExc_TypeError", "PyExc_ValueError")
# What Python's headers ask of pyconfig.h when they are not those of the target.
_WINDOWS_CONFIG = """
#pragma once
#define MS_WIN64
#define MS_WINDOWS
#define NT_THREADS
#define HAVE_DECLSPEC_DLL
#define SIZEOF_VOID_P 8
#define SIZEOF_SIZE_T 8
#define SIZEOF_WCHAR_T 2
#define SIZEOF_SHORT 2
#define SIZEOF_INT 4
#define SIZEOF_LONG 4
#define SIZEOF_LONG_LONG 8
#define SIZEOF_FLOAT 4
#define SIZEOF_DOUBLE 8
#define HAVE_STDINT_H 1
#define ALIGNOF_MAX_ALIGN_T 8
typedef long long Py_ssize_t;
#define HAVE_PY_SSIZE_T 1
#define PY_SSIZE_T_MAX 9223372036854775807LL
"""


def main(argv: list[str] | None = None) -> int:
    """Compile both and say where they are."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("target", choices=_TARGETS)
    parser.add_argument("folder", type=Path, help="of the package, or an empty one")
    arguments = parser.parse_args(argv)
    triple, ending = _TARGETS[arguments.target]
    with tempfile.TemporaryDirectory() as work:
        how = _how(triple, Path(work))
        twice = arguments.target in ("windows-x86_64", "macos-x86_64")
        for name, source in {**_SOURCES, **(_TWICE if twice else {})}.items():
            more = _AVX2 if name in _TWICE else ()
            out = arguments.folder / f"{name}{ending}"
            out.parent.mkdir(parents=True, exist_ok=True)
            _zig("cc", "-target", triple, *_FLAGS, *more, *how[0], str(_ROOT / source), "-shared",
                 "-o", str(out), *how[1])  # fmt: skip
            print(f"{out} {out.stat().st_size} bytes")
            for left in out.parent.glob(f"{out.name.split('.')[0]}.*"):
                if left.suffix in (".lib", ".pdb"):
                    left.unlink()
    return 0


def _how(triple: str, work: Path) -> tuple[list[str], list[str]]:
    """Return what the compiler and what the linker are told for a target."""
    include = Path(sysconfig.get_paths()["include"])
    defines = ["-DPy_LIMITED_API=0x030B0000", f"-I{_ROOT / 'visualizer'}"]
    if "windows" not in triple:
        free = ["-Wl,-undefined,dynamic_lookup"] if "macos" in triple else []
        return [*defines, f"-I{include}"], free
    if sys.platform == "win32":
        libraries = Path(sys.base_prefix) / "libs"
        return [*defines, f"-I{include}"], [f"-L{libraries}", "-lpython3"]
    (work / "pyconfig.h").write_text(_WINDOWS_CONFIG)
    for header in include.glob("*.h"):
        if header.name != "pyconfig.h":
            (work / header.name).write_bytes(header.read_bytes())
    (work / "cpython").symlink_to(include / "cpython")
    texts = [file.read_text("utf-8") for file in (_ROOT / "visualizer").rglob("*.[ch]")]
    functions = {n for text in texts for n in re.findall(r"\b(Py\w+)\(", text)} | {*_HIDDEN}
    lines = [f"  {name}" for name in sorted(functions)] + [f"  {name} DATA" for name in _DATA]
    (work / "python3.def").write_text("LIBRARY python3.dll\nEXPORTS\n" + "\n".join(lines) + "\n")
    machine = "arm64" if triple.startswith("aarch64") else "i386:x86-64"
    _zig(
        "dlltool", "-m", machine, "-d", str(work / "python3.def"), "-l", str(work / "libpython3.a")
    )
    return [*defines, f"-I{work}"], [f"-L{work}", "-lpython3"]


def _zig(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "ziglang", *arguments])
    if done.returncode != 0:
        raise SystemExit(f"ziglang {arguments[0]} failed")


if __name__ == "__main__":
    sys.exit(main())
