"""Writes ``docs/accessibility.md``: ``python -m tools.accessibility_page``.

The page is made of the table below: what the window must be to everybody, the criterion that asks
for it, and the tests that show it. A test holds that each of them exists and that the page is
current.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["NOT_TRIED", "PAGE", "ROWS", "Row", "page"]

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "accessibility.md"


@dataclass(frozen=True)
class Row:
    """What the window is to everybody.

    Attributes
    ----------
    criterion : str
        Number and name in WCAG 2.2.
    does : str
        What the window does about it.
    tests : tuple of str
        Tests that show it, as ``file::test`` below ``tests/``.
    """

    criterion: str
    does: str
    tests: tuple[str, ...]


_ACCESSIBLE, _KEYS, _SPOKEN = (
    f"app/test_{name}.py::test_" for name in ("accessible", "keys", "spoken")
)

ROWS: tuple[Row, ...] = (
    Row("1.1.1 Non-text Content",
        "Stage, chart and plot have a name and a description in words: phase, share, angles, the "
        "selected muscle with role and contraction.",
        (_ACCESSIBLE + "pictures_say_what_they_show_at_the_moment",
         _SPOKEN + "the_stage_tells_the_moment_and_the_selected_muscle",
         _SPOKEN + "the_chart_tells_the_selected_muscle_with_its_phase")),
    Row("1.3.1 Info and Relationships",
        "Headings are headings, groups of choices are radio groups, tabs are tabs, the timeline is "
        "a slider.",
        (_ACCESSIBLE + "headings_tabs_and_choices_are_what_they_are",
         _KEYS + "choices_are_radio_buttons_to_screen_readers",
         _SPOKEN + "the_timeline_is_a_slider_with_a_value")),
    Row("1.4.1 Use of Colour",
        "A role is told by its letter and its outline as well, a contraction by its mark; roles "
        "stay apart with each kind of colour blindness and in grey.",
        ("app/test_look.py::test_roles_differ_in_grey_by_their_letter",
         "app/test_look.py::test_contractions_differ_in_shape_alone",
         "scene/test_colour_vision.py::test_roles_and_inactive_muscles_tell_apart")),
    Row("1.4.3 Contrast (Minimum)",
        "Texts have a contrast of at least 4.5 to 1 in both themes.",
        ("app/test_look.py::test_texts_can_be_read",
         "scene/test_palette.py::test_text_is_legible")),
    Row("1.4.4 Resize Text",
        "Texts grow from 100 to 200 per cent, with all that holds them.",
        ("app/test_zoom.py::test_the_keys_make_texts_larger_and_all_that_holds_them",)),
    Row("1.4.11 Non-text Contrast",
        "Colours of roles have a contrast of at least 3 to 1 to the dark panel and of 2.9 to 1 to "
        "white. The criterion asks for 3 to 1: the synergists’ purple may fall short on the light "
        "panel, where its letter and outline carry it.",
        ("scene/test_palette.py::test_role_colours_stand_out_on_both_themes",)),
    Row("2.1.1 Keyboard",
        "The whole window is used by keys alone, the camera, the context menus and the pen too.",
        (_ACCESSIBLE + "the_whole_window_by_keyboard",
         "app/test_stage_hand.py::test_ctrl_and_arrows_turn_the_body",
         "app/test_context_menu.py::test_lanes_names_and_rows_offer_the_same_of_their_muscle",
         "app/test_present.py::test_pen_eraser_and_pointer_are_led_by_keys")),
    Row("2.1.4 Character Key Shortcuts",
        "Keys that are a single letter, digit or sign can be switched off, and every command can "
        "be given another key or none.",
        (_ACCESSIBLE + "single_letters_can_be_switched_off",
         "app/test_key_page.py::test_another_key_works_and_is_told_everywhere",
         "app/test_key_page.py::test_no_key_and_reset")),
    Row("2.3.3 Animation from Interactions",
        "The camera jumps where the system asks for less motion.",
        ("app/test_stage.py::test_reduced_motion_jumps",)),
    Row("2.4.3 Focus Order",
        "Tab goes through the window as the eye does, and stops nowhere in vain.",
        (_KEYS + "tab_follows_the_eye", _KEYS + "no_stop_of_tab_is_empty")),
    Row("2.5.7 Dragging Movements",
        "What is done by a drag is done by keys and menus as well: the moment, the marked range, "
        "the camera.",
        ("app/test_looping.py::test_keys_mark_start_and_end",
         _SPOKEN + "tab_reaches_the_timeline_and_keys_go_through_the_repetition",
         "app/test_stage_hand.py::test_plus_and_minus_zoom")),
    Row("3.1.1 Language of Page",
        "All texts of the window change with its language.",
        ("app/test_translated.py::test_the_window_changes_its_language",)),
    Row("4.1.2 Name, Role, Value",
        "Whatever takes the focus has a name and a role; values change with the moment.",
        (_ACCESSIBLE + "whatever_takes_the_focus_has_a_name_and_a_role",
         _SPOKEN + "lane_names_tell_the_contraction_of_the_phase")),
    Row("4.1.3 Status Messages",
        "Phases, selections, the marked range, questions and their answers are announced politely; "
        "while playing at most once a second.",
        (_ACCESSIBLE + "changes_are_announced_politely",
         "app/test_predict.py::test_question_reveal_and_end_are_said_aloud",
         "app/test_looping.py::test_the_range_is_said_aloud")),
)  # fmt: skip

NOT_TRIED: tuple[str, ...] = (
    "No screen reader was tried, neither NVDA, JAWS, Narrator, VoiceOver nor Orca. The tests read "
    "what Qt hands to them.",
    "Nobody who depends on assistive technology has tried the program.",
    "High-contrast themes of Windows, screen magnifiers, switch control and speech input were not "
    "tried.",
    "Only the listed criteria are tested. Nothing is claimed about the others, nor about "
    "conformance as a whole.",
    "Exported pictures and films are not covered here. Of hand-outs, headings, alternative texts, "
    "heads of tables, language and contrast are tested.",
)


def page() -> str:
    """Return the page."""
    lines = [
        "# Accessibility",
        "",
        "<!-- written by python -m tools.accessibility_page; change the table there -->",
        "",
        "What the window does for people who use it without a mouse, without seeing it, without "
        "telling its colours apart, or with larger texts. Each line names the criterion of the Web "
        "Content Accessibility Guidelines (WCAG) 2.2 that asks for it and the automatic tests that "
        "show it. The criteria are written for web pages and are applied to a window here as far "
        "as they can be. EN 301 549 (version 3.2.1) repeats those of WCAG 2.1 for software in its "
        "clause 11: what is 2.1.1 here is 11.2.1.1 there. 2.5.7 is new in WCAG 2.2, 2.3.3 is of "
        "level AAA; neither stands there.",
        "",
        "| criterion | what the window does | tests |",
        "|---|---|---|",
    ]
    for row in ROWS:
        tests = "<br>".join(f"`{test}`" for test in row.tests)
        lines.append(f"| {row.criterion} | {row.does} | {tests} |")
    lines += ["", "## What was not tried", ""]
    lines += [f"* {text}" for text in NOT_TRIED]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
