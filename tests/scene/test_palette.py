"""Role and contraction: one table, readable by everyone."""

from __future__ import annotations

import pytest

from visualizer.catalog.variation import Contraction, Role
from visualizer.errors import UnknownNameError
from visualizer.render.colour import luminance, rgb
from visualizer.scene.fills import FILLS
from visualizer.scene.palette import CONTRACTION_STYLES, ROLE_STYLES, THEMES, theme


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(rgb(a)), luminance(rgb(b))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_role_and_contraction_has_a_style_of_its_own() -> None:
    assert set(ROLE_STYLES) == set(Role)
    assert set(CONTRACTION_STYLES) == set(Contraction)
    assert len({s.letter for s in ROLE_STYLES.values()}) == len(Role)
    assert len({s.colour for s in ROLE_STYLES.values()}) == len(Role)
    assert len({s.pattern for s in CONTRACTION_STYLES.values()}) == len(Contraction)
    assert len({s.mark for s in CONTRACTION_STYLES.values()}) == len(Contraction)


@pytest.mark.parametrize("name", THEMES)
def test_the_weightier_the_role_the_heavier_its_line(name: str) -> None:
    fills = [FILLS[name][role] for role in Role]
    assert [f.outline_width_px for f in fills] == sorted(
        (f.outline_width_px for f in fills), reverse=True
    )
    assert all(set(f.figures) == set(Contraction) for f in fills)


@pytest.mark.parametrize("style", ROLE_STYLES.values(), ids=[str(r) for r in ROLE_STYLES])
def test_role_colours_stand_out_on_both_themes(style: object) -> None:
    colour = style.colour  # type: ignore[attr-defined]
    assert contrast(colour, "#FFFFFF") >= 2.9
    assert contrast(colour, "#1B1B1B") >= 3.0


@pytest.mark.parametrize("look", THEMES.values(), ids=list(THEMES))
def test_text_is_legible(look: object) -> None:
    assert contrast(look.text, look.panel) >= 7  # type: ignore[attr-defined]
    assert contrast(look.secondary, look.panel) >= 4.5  # type: ignore[attr-defined]


def test_unknown_theme_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'light'"):
        theme("ligth")
