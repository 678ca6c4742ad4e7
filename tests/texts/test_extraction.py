"""Every text of the interface can be extracted, and none is translated before it is shown."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "visualizer").rglob("*.py"))
_FUNCTIONS = ("tr", "ntr", "N_")
# A table's entry, marked with N_ where the table is made.
_FROM_A_TABLE = (ast.Name, ast.Attribute, ast.Subscript)


class Found(NamedTuple):
    """The lines of a source where a text is not as it has to be."""

    not_extractable: list[int]
    frozen: list[int]
    untranslated: list[int]


@cache
def found_in(source: str) -> Found:
    """Look a source through once for all; its tree goes, since it is a million objects for all."""
    tree = ast.parse(source)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return Found(not_extractable(calls), frozen(tree), untranslated(calls))


def _called(call: ast.Call) -> str | None:
    """Return which of the functions that mark a text is called."""
    name = call.func.id if isinstance(call.func, ast.Name) else None
    return name if name in _FUNCTIONS else None


def _literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def not_extractable(calls: list[ast.Call]) -> list[int]:
    """Return the lines of calls whose text no tool can read."""
    lines = []
    for call in calls:
        name = _called(call)
        if name is None:
            continue
        texts = call.args[:2] if name == "ntr" else call.args[:1]
        allowed = _FROM_A_TABLE if name == "tr" else ()
        if not texts or not all(_literal(t) or isinstance(t, allowed) for t in texts):
            lines.append(call.lineno)
    return lines


def _run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Walk what runs while a module loads: everything but the bodies of functions."""
    yield node
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            for part in (*child.decorator_list, child.args):
                yield from _run_at_import(part)
        elif not isinstance(child, ast.Lambda):
            yield from _run_at_import(child)


def frozen(tree: ast.Module) -> list[int]:
    """Return the lines that translate while the module loads, which would keep the language."""
    return [
        node.lineno
        for node in _run_at_import(tree)
        if isinstance(node, ast.Call) and _called(node) in ("tr", "ntr")
    ]


@pytest.mark.parametrize(
    ("source", "bad"),
    [
        ('tr("text")', False),
        ('tr("two " "pieces")', False),
        ("tr(spec.text)", False),
        ("tr(TABLE[key])", False),
        ('tr(f"muscle {name}")', True),
        ('tr("a" + name)', True),
        ('tr("a".format(b))', True),
        ('tr("a" if b else "c")', True),
        ("N_(text)", True),
        ('ntr("{n} study", many, n)', True),
        ('ntr("{n} study", "{n} studies", n)', False),
    ],
)
def test_what_can_be_extracted(source: str, bad: bool) -> None:
    assert bool(found_in(source).not_extractable) is bad


@pytest.mark.parametrize(
    ("source", "bad"),
    [
        ('A = tr("text")', True),
        ('class A:\n    b = {"c": tr("text")}', True),
        ('def a(b=tr("text")): ...', True),
        ('def a():\n    return tr("text")', False),
        ('A = N_("text")', False),
        ('A = lambda: tr("text")', False),
    ],
)
def test_what_freezes_the_language(source: str, bad: bool) -> None:
    assert bool(found_in(source).frozen) is bad


def test_every_text_is_a_literal_and_translated_when_shown() -> None:
    wrong = {}
    for path in SOURCES:
        if path == ROOT / "visualizer" / "texts" / "__init__.py":
            continue  # defines them
        source = path.read_text(encoding="utf-8")
        found = found_in(source)
        if lines := found.not_extractable + found.frozen:
            wrong[str(path.relative_to(ROOT))] = lines
    assert len(SOURCES) > 300
    assert wrong == {}


# What runs before anything is installed, or is read by developers and technicians.
_ENGLISH_ONLY = (
    "__main__.py",
    "bootstrap.py",
    "installation.py",
    "self_test.py",
    "soundness.py",
    "window_check.py",
)
# What says something to the user, and which of its arguments that is.
_SAID = {
    "UsageError": 0,
    "PoseError": 0,
    "VisualizerError": 0,
    "UnknownNameError": 0,
    "Problem": 2,
    "ArgumentTypeError": 0,
    "say": 0,
    "note": 0,
    "tell": 0,
    "print": 0,
}
# Keywords whose text the help of the command line shows.
_HELP = ("help", "description")
_NAME = "visualizer: "


def untranslated(calls: list[ast.Call]) -> list[int]:
    """Return the lines of errors, messages and help whose words are not translated."""
    lines = []
    for call in calls:
        texts = [k.value for k in call.keywords if k.arg in _HELP]
        place = _SAID.get(ast.unparse(call.func).split(".")[-1])
        if place is not None:
            texts += call.args[place : place + 1]
        for text in texts:
            pieces = text.values if isinstance(text, ast.JoinedStr) else [text]
            words = [p.value for p in pieces if isinstance(p, ast.Constant)]
            if any(c.isalpha() for word in words if word != _NAME for c in str(word)):
                lines.append(call.lineno)
    return lines


@pytest.mark.parametrize(
    ("source", "bad"),
    [
        ('raise UsageError("no such phase")', True),
        ('raise UsageError(f"no phase {name}")', True),
        ('yield Problem("", path, "required")', True),
        ('raise argparse.ArgumentTypeError(f"{text!r} is no number")', True),
        ('console.say("interrupted")', True),
        ('p.add_argument("--json", help="print JSON")', True),
        ('raise UsageError(tr("no such phase"))', False),
        ('yield Problem("", path, tr("required"))', False),
        ('raise VisualizerError(f"{name}: {error}")', False),
        ('p.add_argument("--json", help=tr("print JSON"))', False),
    ],
)
def test_what_is_said_in_english_only(source: str, bad: bool) -> None:
    assert bool(found_in(source).untranslated) is bad


def test_what_the_user_is_told_is_translated() -> None:
    found = {
        str(path.relative_to(ROOT)): lines
        for path in SOURCES
        if path.name not in _ENGLISH_ONLY
        and (lines := found_in(path.read_text(encoding="utf-8")).untranslated)
    }
    assert found == {}
