"""Small data files that are right, to be spoilt by the tests of the reader."""

from __future__ import annotations

from pathlib import Path

from visualizer.catalog.catalog import check_files

VARIATION = """\
id = "test-lift"
name = "Test lift"
order = 1
equipment = ["bench"]

[summary]
text = "A lift."
grounds = [{ basis = "inference", note = "Made up for a test." }]

[suits]
text = "Nobody."
grounds = [{ basis = "inference", note = "Made up for a test." }]

[setup]
support = "bench"
bench_height_cm = 40
hip_bottom_deg = 80

[[phases]]
phase = "lift"
seconds = 1.0

[[phases]]
phase = "lowering"
seconds = 2.0

[[muscles]]
muscle = "gluteus_maximus"
role = "prime mover"
why = "It lifts."
grounds = [{ basis = "article", source = "golf-insider-hip-thrust" }]
lift = { contraction = "concentric", grounds = [{ basis = "study", source = "otsuka2021" }] }
lowering = { contraction = "eccentric", grounds = [{ basis = "model", note = "It lengthens." }] }
"""

MUSCLE = """\
id = "test_muscle"
name = "Test muscle"
latin = "Musculus probationis"
group = "gluteal"
tendons = ["t1", "t2"]
sources = ["otsuka2021"]
origin = "Here."

[optimal_fibre_length_m]
t1 = 0.1

[volume]
cm3 = 100
note = "Estimate."
"""

SOURCES = """\
[
  {"id": "a2020", "type": "book", "title": "A", "author": [{"family": "A", "given": "B"}],
   "issued": {"date-parts": [[2020]]}}
]
"""


def lines(path: Path, content: str | bytes) -> list[str]:
    """Write the file and return its problems without the file's name in front."""
    if isinstance(content, str):
        path.write_text(content, "utf-8")
    else:
        path.write_bytes(content)
    found = [str(problem) for problem in check_files([path])]
    for line in found:
        assert line.startswith(f"{path}: ")
        assert "\n" not in line
        assert len(line) < 400
    return [line.removeprefix(f"{path}: ") for line in found]


def changed(template: str, *changes: tuple[str, str]) -> str:
    """Return the template with its first match of each old text replaced by the new one."""
    for old, new in changes:
        assert template.count(old) >= 1, old
        template = template.replace(old, new, 1)
    return template
