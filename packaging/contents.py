"""What a frozen folder carries: licences, a list for machines (SBOM), and nothing unnamed.

The specification calls :func:`write` before anything is put together. Every library must belong to
a Python package, to an entry of components.toml or to a package of Debian; else the build ends
there. What is written goes into the program, where :mod:`visualizer.notices` reads it.
"""

from __future__ import annotations

import datetime
import fnmatch
import json
import os
import platform
import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from visualizer.notices import CARRIED, Component, components
from visualizer.resources import APPLICATION

__all__ = ["record_of_folder", "write"]

_HERE = Path(__file__).resolve().parent
_OURS = "visualizer"
_QT = """\
Qt {version}, by The Qt Company and contributors, is used under the GNU Lesser General Public
License, version 3 (LGPL-3.0.txt, which builds on GPL-3.0.txt), through PySide6 of the same version.

It is linked dynamically. Its libraries are separate files in the folder PySide6 of this program;
you may replace them with versions of your own that keep the interface, and you may study the
program to make such a change work. Nothing in its licence or in its making stands in the way.

The source of exactly this version:
https://download.qt.io/official_releases/qt/{short}/{version}/
https://download.qt.io/official_releases/QtForPython/
Whoever cannot get it there gets it from the publisher of this program, for three years from the day
of the release, for no more than the cost of sending it.

Qt contains code of others under permissive licences; Qt lists it with their texts at
https://doc.qt.io/qt-6/licenses-used-in-qt.html
"""


def write(origins: Mapping[str, str], out: Path) -> Path:
    """Write ``licences/``, ``LICENCES.txt`` for people, and ``sbom.json`` (CycloneDX 1.6).

    Parameters
    ----------
    origins : mapping of str to str
        Where every library of the folder comes from, by its place in it.
    out : Path
        Where to write.

    Returns
    -------
    Path
        The folder of licences.

    Raises
    ------
    SystemExit
        When a library belongs to nothing that is known, or a component has no licence text.
    """
    carried, unnamed = _carried(origins)
    if unnamed:
        raise SystemExit("in no entry of components.toml:\n  " + "\n  ".join(unnamed))
    folder = out / "licences"
    written = _write_licences(carried, folder)
    named = {c.name for c in written}
    ours, *packages = components()
    others = [*written, *(c for c in packages if c.name not in named)]
    known = (ours, *sorted(others, key=lambda c: c.name.casefold()))
    without = [c.name for c in known if not c.texts]
    if without:
        raise SystemExit("components without a licence text:\n  " + "\n  ".join(without))
    (out / "LICENCES.txt").write_text(_listed(known, folder), encoding="utf-8", newline="\n")
    sbom = json.dumps(_cyclonedx(known), indent=1) + "\n"
    (out / "sbom.json").write_text(sbom, encoding="utf-8", newline="\n")
    return folder


def _listed(known: tuple[Component, ...], folder: Path) -> str:
    """Return for people what is inside, under which licences, and where their texts lie."""
    site = Path(str(metadata.distribution(APPLICATION).locate_file("")))
    lines = ["What this program is made of, under which licences, and where their texts are.", ""]
    for component in known:
        lines.append(
            f"{component.name} {component.version}: {component.licence}".replace(" :", ":")
        )
        lines += [f"    from {component.source}"] if component.source else []
        for text in component.texts:
            own = text.parent == folder
            place = (
                f"{_OURS}/_bundled/licences/{text.name}"
                if own
                else text.relative_to(site).as_posix()
            )
            lines.append(f"    _internal/{place}")
    return "\n".join(lines) + "\n"


def record_of_folder(record: Path) -> str:
    """Return of a package's list what lies beside it; scripts that pip makes name a folder."""
    return "".join(
        line
        for line in record.read_text("utf-8").splitlines(keepends=True)
        if not line.startswith("..") and "__pycache__" not in line
    )


# ------------------------------------------------------------------------------------ components
def _carried(origins: Mapping[str, str]) -> tuple[list[Component], list[str]]:
    """Return what libraries belong to, with the names of texts, and libraries that do not."""
    entries = tomllib.loads((_HERE / "components.toml").read_text("utf-8"))["component"]
    packages = metadata.packages_distributions()
    used: dict[str, Component] = {}
    unnamed = []
    for target, source in sorted(origins.items()):
        target = target.replace("\\", "/")
        entry = next(
            (e for e in entries if any(fnmatch.fnmatch(target, p) for p in e["files"])), None
        )
        if entry is not None:
            used.setdefault(entry["name"], _of_entry(entry))
        elif target.split("/")[0] in (_OURS, *packages):
            continue  # described by its own metadata
        elif (package := _debian_package(source)) is not None:
            used.setdefault(package.name, package)
        else:
            unnamed.append(f"{target} from {source}")
    # no library of their own
    used.update((e["name"], _of_entry(e)) for e in entries if not e["files"])
    return sorted(used.values(), key=lambda c: c.name.casefold()), unnamed


def _of_entry(entry: Mapping[str, Any]) -> Component:
    name = str(entry["name"])
    texts = tuple(path for text in entry["texts"] for path in _texts(text))
    return Component(name, _version(name), str(entry["licence"]), texts, str(entry["source"]))


def _texts(name: str) -> list[Path]:
    package = name.removeprefix("package:")
    if package == name:
        return [_HERE / "licences" / name]
    found = metadata.distribution(package)
    return [
        Path(str(found.locate_file(file)))
        for file in found.files or ()
        if re.match(r"(?i)(licen[cs]e|copying|notice)", file.name) and ".dist-info" in str(file)
    ]


def _version(name: str) -> str:
    """Return the version of what the packages carry; empty where they do not tell."""
    import mujoco
    import numpy as np
    from PIL import features
    from PySide6.QtCore import qVersion

    match name:
        case "Python":
            return platform.python_version()
        case "PyInstaller bootloader":
            return metadata.version("pyinstaller")
        case "Qt":
            return str(qVersion())
        case "ICU":
            lib = Path(
                str(metadata.distribution("PySide6_Essentials").locate_file("PySide6/Qt/lib"))
            )
            return next((f.name.split(".")[2] for f in lib.glob("libicuuc.so.*")), "")
        case "MuJoCo":
            return str(mujoco.mj_versionString())
        case "OpenBLAS":
            blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
            return str(blas["version"])
        case "FreeType":
            return features.version("freetype2") or ""
        case "HarfBuzz":
            return features.version("harfbuzz") or ""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _debian_package(source: str) -> Component | None:
    """Return the package of Debian that a library came from, None where it came from none."""
    real = os.path.realpath(source)
    for path in (real, real.removeprefix("/usr")):
        done = subprocess.run(["dpkg-query", "-S", path], capture_output=True, text=True)
        if done.returncode == 0:
            break
    else:
        return None
    name = done.stdout.split(":")[0].split(",")[0]
    fields = "${source:Package}\t${source:Version}"
    asked = subprocess.run(["dpkg-query", "-W", "-f", fields, name], capture_output=True, text=True)
    package, version = asked.stdout.split("\t")[:2]
    text = Path("/usr/share/doc") / name / "copyright"
    address = f"https://sources.debian.org/src/{package}/{version}/"
    return Component(package, version, "see its texts", (text,), address)


# ------------------------------------------------------------------------------------- writing
def _of_qt(component: Component) -> str:
    """Return what Qt's licence asks to be said."""
    short = component.version.rpartition(".")[0]
    return _QT.format(version=component.version, short=short)


def _parts_of(package: str) -> list[dict[str, Any]]:
    """Return what a wheel lists of its insides for machines (CycloneDX), often nothing."""
    try:
        found = metadata.distribution(package)
    except metadata.PackageNotFoundError:
        return []
    listed = [file for file in found.files or () if file.name.endswith(".cyclonedx.json")]
    parts = [
        part
        for file in listed
        for part in json.loads(Path(str(found.locate_file(file))).read_text("utf-8"))["components"]
    ]
    return sorted(parts, key=lambda part: (part["name"], part["version"]))


def _of_typst(component: Component) -> str:
    """Return the libraries within Typst, as its wheel lists them for machines."""
    lines = [f"Typst {component.version} is made of these, each under its own licence:", ""]
    for part in _parts_of(component.name):
        terms = " AND ".join(
            entry.get("expression") or entry["license"].get("id") or entry["license"]["name"]
            for entry in part.get("licenses", ())
        )
        links = {link["type"]: link["url"] for link in part.get("externalReferences", ())}
        source = links.get("vcs") or links.get("website") or part.get("purl", "")
        lines.append(f"{part['name']} {part['version']}: {terms or 'see its source'}")
        lines += [f"    {about}" for about in (part.get("author", ""), source) if about]
    return "\n".join(lines) + "\n"


# Texts that are not copied but made.
_MADE: Mapping[str, Callable[[Component], str]] = {
    "Qt.txt": _of_qt,
    "Typst-parts.txt": _of_typst,
}


def _write_licences(carried: list[Component], folder: Path) -> list[Component]:
    """Copy texts and list into the folder; return the components with the copies."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    written, listed = [], []
    for component in carried:
        names = []
        for text in component.texts:
            own = text.parent == _HERE / "licences"
            name = (
                text.name
                if own
                else f"{component.name.split(',')[0].replace(' ', '-')}-{text.name}"
            )
            if name in _MADE:
                (folder / name).write_text(_MADE[name](component), encoding="utf-8", newline="\n")
            else:
                shutil.copyfile(text, folder / name)
            names.append(name)
        about = component.name, component.version, component.licence
        written.append(Component(*about, tuple(folder / n for n in names), component.source))
        keys = ("name", "version", "licence")
        listed.append(
            {**dict(zip(keys, about, strict=True)), "texts": names, "source": component.source}
        )
    (folder / CARRIED).write_text(json.dumps(listed, indent=1), encoding="utf-8", newline="\n")
    return written


def _cyclonedx(known: tuple[Component, ...]) -> dict[str, object]:
    """Return the list of components for machines; the same for the same sources."""
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    made = datetime.datetime.fromtimestamp(epoch, datetime.UTC)
    packages = {c.name for c in components()}

    def entry(component: Component) -> dict[str, object]:
        kind = "application" if component.name == APPLICATION else "library"
        found: dict[str, object] = {
            "type": kind,
            "bom-ref": f"{component.name}@{component.version}",
            "name": component.name,
            "version": component.version,
            "licenses": [{"license": {"name": component.licence}}],
        }
        if component.name in packages and component.name != APPLICATION:
            found["purl"] = (
                f"pkg:pypi/{component.name.lower().replace('_', '-')}@{component.version}"
            )
        if component.source:
            found["externalReferences"] = [{"type": "vcs", "url": component.source}]
        if component.name == "typst":
            found["components"] = _parts_of(component.name)
        return found

    ours, *others = known
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": made.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": entry(ours),
        },
        "components": [entry(component) for component in others],
    }
