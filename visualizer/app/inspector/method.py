"""The page on method and limits: what is computed how, what is assumed, what it was held against.

All figures of the checks are computed when it is opened, so that none of them can go stale.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QTextBrowser, QWidget

from visualizer.analysis.validation_table import EXPLAINED_ABOVE_POINTS, summary_lines, validate
from visualizer.analysis.words import capitalised, part_name, text_in
from visualizer.anatomy.muscle import Side
from visualizer.anatomy.surface import Body
from visualizer.app.inspector.grounds import ARTICLE, article_text
from visualizer.app.session.session import Session
from visualizer.app.session.worker import Jobs
from visualizer.app.widgets.dialog import Dialog
from visualizer.app.widgets.links import browse_links, linked
from visualizer.app.widgets.theme import BODY_PX, HEADING_PX, TITLE_PX, px, theme_of
from visualizer.catalog.catalog import Catalog
from visualizer.catalog.citation import citation_line, short_citation
from visualizer.catalog.facts import Fact
from visualizer.catalog.source import Source
from visualizer.effort.words import COMPARED, LIMITS, MODEL, RANGE, SOURCES, TITLE
from visualizer.errors import VisualizerError
from visualizer.exercise.contraction import ISOMETRIC_BELOW_PERCENT
from visualizer.exercise.repetition import Repetition
from visualizer.lifts import LIFTS
from visualizer.lifts.base import Check
from visualizer.lifts.dynamics import ASSUMPTIONS, Interval, JointMoments
from visualizer.lifts.loads import Load
from visualizer.scene.palette import Theme
from visualizer.scene.swelling import EXAGGERATION
from visualizer.texts import language, tr
from visualizer.texts.figures import figure

__all__ = ["Section", "method_dialog", "method_sections"]

_SIZE = QSize(800, 820)
# Of the model; those of the comparisons come with the lifts.
_SOURCES = ("rajagopal2016", "ward2009", "handsfield2014", "deleva1996")


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it.

    Attributes
    ----------
    title : str
        The heading.
    text : tuple of str
        Paragraphs.
    points : tuple of str
        A list after them.
    """

    title: str
    text: tuple[str, ...] = ()
    points: tuple[str, ...] = ()


def method_sections(session: Session) -> tuple[Section, ...]:
    """Return the page's contents, with figures computed now.

    Parameters
    ----------
    session : Session
        Catalogue and body.
    """
    return (
        Section(
            tr("What this is"),
            (
                tr("A picture of the exercise for teaching. Each statement about a muscle carries "
                    "its grounds: article (the coaching article), study (a published "
                    "measurement), model (our own computation) or inference (our reasoning). "
                    "Nothing is shown as measured that is not."),
                *_article(session.catalog),
                tr("It is not a tool for diagnosis, and it does not say how hard a muscle of a "
                    "certain person works."),
            ),
        ),
        Section(
            tr("The model"),
            points=(
                tr("Legs: joints, muscle paths and moment arms of the Rajagopal 2016 model. "
                    "Trunk: a lumbar spine after Bruno and Christophy. Arms: a simple chain of our "
                    "own."),
                *_motions(),
                tr("Contraction: a working muscle that shortens is concentric, one that lengthens "
                    "eccentric. Isometric is one whose length, over the whole way, varies by less "
                    "than {} of its fibre length; one that goes there and back is none of the "
                    "three.").format(
                    figure(ISOMETRIC_BELOW_PERCENT, " %")),
                tr("Signs: moments and moment arms are positive where they extend the joint, "
                    "negative where they flex it."),
                tr("Surfaces: made by this project round the muscle paths, their volumes set to "
                    "published figures."),
                tr("Swelling: on the stage the bellies of prime movers and synergists thicken and "
                   "thin {} times as much as they do (broad ones grow in breadth instead), at the "
                   "same volume, so that it is seen. It "
                   "is a manner of drawing and enters no figure; the View menu switches it "
                   "off.").format(figure(EXAGGERATION, "")),
                tr("Skin: the faint outline beside the muscles is drawn round them. How thick fat "
                   "and skin are was chosen by eye, and nothing is computed from it."),
            ),
        ),
        Section(
            tr("Why {} of the fibre length").format(figure(ISOMETRIC_BELOW_PERCENT, " %")),
            (
                tr("This limit is our choice; we know of no published one. The model gives the "
                    "length of muscle and tendon together, while the loaded tendon stretches by "
                    "itself. By how much is estimated from usual figures, not simulated: for about "
                    "65 Nm at the knee, with an arm of about 25 mm, the vasti pull with some "
                    "2650 N, a good quarter of their strength; a tendon 0.22 m long then "
                    "stretches by about 2.3 % of its length, 5 mm, which is about 5 % of the "
                    "fibre length of a vastus."),
                tr("So the model cannot decide a change near the limit. Read a change below about "
                    "10 % of the fibre length as nearly isometric."),
            ),
        ),
        Section(
            tr("Limits"),
            points=(
                tr("One body of average build. Other proportions, another stance or another "
                    "bench change angles, lengths and moments."),
                tr("Whether a muscle is active is stated, not computed: the model knows lengths, "
                    "not nerve signals. Published muscle activity (EMG) is neither force nor "
                    "growth."),
                tr("Where a muscle crosses only joints that are held still, the model can say "
                    "nothing about it; the inspector then says “by construction”."),
                tr("Moments are sums over all muscles round a joint. How muscles may share them "
                    "is estimated by the command {}.").format(
                    "visualizer effort"
                ),
                tr("No published muscle activity (EMG) of the lowering phase was found; what is "
                    "said of it follows from the moments or by analogy, and is marked so."),
            ),
        ),
        Section(tr(TITLE), points=tuple(map(tr, (RANGE, MODEL, LIMITS, COMPARED)))),
        *(s for check in _checks() for s in _validation(session, check)),
        Section(tr("What the moments assume"), points=tuple(map(tr, _assumptions()))),
        Section(tr("Sources of the method"), points=_citations(session, _sources(session))),
    )  # fmt: skip


def _motions() -> tuple[str, ...]:
    """Return how the motion of every lift comes about."""
    return tuple(
        tr("Motion ({}): {}").format(text_in(lift.name), tr(lift.motion)) for lift in LIFTS.values()
    )


def _assumptions() -> tuple[str, ...]:
    """Return what all moments assume, then what those of the lifts do besides."""
    return (*ASSUMPTIONS, *(text for lift in LIFTS.values() for text in lift.assumptions))


def _checks() -> tuple[Check, ...]:
    return tuple(lift.check for lift in LIFTS.values() if lift.check is not None)


def _sources(session: Session) -> tuple[str, ...]:
    """Return the keys of what the model and the comparisons rest on, each once."""
    facts = session.catalog.facts
    compared = (
        facts[key].source
        for check in _checks()
        for key in (check.travel, check.knee_moment, check.hip_course)
        if key in facts
    )
    return tuple(dict.fromkeys((*_SOURCES, *SOURCES, *compared, ARTICLE)))


def _article(catalog: Catalog) -> tuple[str, ...]:
    """Return what the article is; nothing where the data have none."""
    source = catalog.sources.get(ARTICLE)
    if source is None:
        return ()
    return (tr("{} It is coaching, not a measurement.").format(article_text(source)),)


def _citations(session: Session, keys: Iterable[str]) -> tuple[str, ...]:
    sources = session.catalog.sources
    return tuple(citation_line(sources[key]) for key in keys if key in sources)


# ------------------------------------------------------------------------------------ validation
def _validation(session: Session, check: Check) -> tuple[Section, ...]:
    title = tr("What was checked, and against what")
    try:
        repetition = session.repetition_of(check.variation, Side.RIGHT)
        lengths = _lengths(repetition, session.catalog)
    except VisualizerError as error:
        return (Section(title, (tr("It cannot be computed here: {}").format(error),)),)
    return (
        Section(
            title,
            (
                tr("Computed a moment ago for this variation: {}. Changes of length are "
                    "compared, not lengths: how far a fibre is from its best length is not "
                    "checked. They and the moment arms stand against OpenSim 4.6 with the original "
                    "Rajagopal 2016 model, along our motion and on a grid of hip and knee "
                    "angles:").format(repetition.variation.display_name(language())),
            ),
            lengths,
        ),
        Section(
            tr("Motion, volumes and moments"),
            points=(
                *_motion(session, repetition, check),
                *_volumes(session.body.surface, session.catalog),
                *_moments(session, repetition, check),
            ),
        ),
    )  # fmt: skip


def _lengths(repetition: Repetition, catalog: Catalog) -> tuple[str, ...]:
    rows = validate(repetition)
    reasons: dict[str, list[str]] = {}
    for row in rows:
        if row.reason:
            worst = figure(row.largest_points, "")
            name = part_name(row.unit, catalog)
            reasons.setdefault(row.reason, []).append(f"{name} ({worst})")
    names = {row.unit: part_name(row.unit, catalog) for row in rows}
    lines = [f"{capitalised(line)}." for line in summary_lines(rows, names)]
    lines += [
        tr(
            "The change that is shown differs from OpenSim's by more than {} points in {}: {}."
        ).format(figure(EXPLAINED_ABOVE_POINTS, ""), "; ".join(units), tr(reason))
        for reason, units in reasons.items()
    ]
    return tuple(lines)


def _motion(session: Session, repetition: Repetition, check: Check) -> list[str]:
    bottom, top = repetition.motion.bar_position_m[0, 2], repetition.motion.bar_position_m[-1, 2]
    ours = figure(100 * float(top - bottom), " cm", 1)
    text = tr("Travel of the bar: {}").format(ours)
    fact = session.catalog.facts.get(check.travel)
    if fact is not None:
        study = short_citation(session.catalog.source(fact.source))
        text += tr("; published {} ({}, {}; which point was followed is not stated)").format(
            fact.value_text, study, fact.load
        )
    slip = max(repetition.slips_m().values())
    return [
        text + ".",
        tr("Feet and back stay in place within {}.").format(
            figure(max(math.ceil(1e4 * slip) / 10, 0.1), " mm", 1)
        ),
    ]


def _volumes(body: Body, catalog: Catalog) -> list[str]:
    ours = body.volumes_cm3()
    off = {}
    for muscle in catalog.muscles.values():
        found = ours.get(f"{muscle.id}_r")
        if found and muscle.volume is not None and muscle.volume.source is not None:
            off[muscle.display_name(language())] = 100 * (found / muscle.volume.volume_cm3 - 1)
    if not off:
        return []
    worst = max(off, key=lambda name: abs(off[name]))
    return [
        tr("Volumes of {} muscles against published ones: mean difference {}, largest {} "
            "({}).").format(
            len(off),
            figure(float(np.mean(np.abs(list(off.values())))), " %", 1),
            figure(off[worst], " %", 1),
            worst,
        )
    ]  # fmt: skip


def _moments(session: Session, repetition: Repetition, check: Check) -> list[str]:
    def at(one_rm: float) -> Load:
        return Load(bar_kg=check.share_of_1rm * one_rm * Load.body_mass_kg)

    load, unit = at(check.one_rm_per_body_mass), session.state.mass_unit
    found = repetition.joint_moments(load)
    hip = found.hip_peak()
    top = float(found.hip_nm_per_kg[int(np.argmax(found.progress))])
    always = float(found.hip_nm.min()) > 0
    extensor = tr("extensor throughout") if always else tr("not extensor throughout")
    least, most = (repetition.joint_moments(at(x)).hip_peak().per_kg for x in check.one_rm_range)
    lines = [
        tr("Hip moment, computed for a bar of {} on a body of {} ({} of an assumed 1RM): "
            "largest {} per leg at {} of hip flexion, {} at the top; {}.").format(
            unit.text(load.bar_kg, 0), unit.text(load.body_mass_kg, 0),
            figure(100 * check.share_of_1rm, " %"),
            figure(hip.per_kg, " Nm/kg", 1), figure(math.degrees(hip.hip_flexion_rad), "°"),
            figure(top, " Nm/kg", 1), extensor,
        ),
        tr("The assumed 1RM matters most: {} to {} times body mass give {} to {}.").format(
            figure(check.one_rm_range[0], "", 1), figure(check.one_rm_range[1], "", 1),
            figure(least, "", 1), figure(most, " Nm/kg", 1),
        ),
    ]  # fmt: skip
    facts, sources = session.catalog.facts, session.catalog.sources
    course = facts.get(check.hip_course)
    if course is not None:
        lines.append(
            tr("Published course of the hip moment: {} ({}). The abstract speaks of a bilateral "
                "demand; whether its moments are those of one leg or of both together could not "
                "be read there, so the course is compared, not the size."
            ).format(course.value_text, short_citation(sources[course.source]))
        )  # fmt: skip
    lines.append(_knee(found, facts.get(check.knee_moment), sources))
    return lines


def _knee(found: JointMoments, fact: Fact | None, sources: Mapping[str, Source]) -> str:
    """Return the knee moment with the range that leaves it open."""
    i = int(np.argmax(found.knee_nm))
    friction, contact = found.knee_friction_nm, found.knee_contact_nm

    def span(of: Interval) -> str:
        low, high = figure(float(of.low[i]), ""), figure(float(of.high[i]), " Nm")
        return tr("{} to {}").format(low, high)

    text = tr(
        "Knee moment at that load: {} per leg where it is largest, if feet and back push apart as "
        "little as they can. Friction alone allows {} there, and with the pressure anywhere under "
        "the foot {}: statics cannot decide it."
    ).format(figure(found.knee_peak().value_nm, " Nm"), span(friction), span(contact))
    if fact is None:
        return text
    study = short_citation(sources[fact.source])
    return text + tr(
        " So the published {} ({}, {}) lies within the range and neither confirms nor contradicts "
        "the model."
    ).format(fact.value_text, study, fact.load)


# ----------------------------------------------------------------------------------- the dialog
def method_dialog(parent: QWidget, session: Session, jobs: Jobs) -> Dialog:
    """Return the page in a dialog; its figures are computed beside the window.

    Parameters
    ----------
    parent : QWidget
        The window.
    session : Session
        Catalogue, body and theme.
    jobs : Jobs
        Computes the figures.
    """
    dialog = Dialog(parent, tr("Method and limits"), _SIZE, heading=False)
    browser = QTextBrowser()
    browser.setAccessibleName(tr("Method and limits"))
    browser.setOpenLinks(False)
    browser.setCursorWidth(0)
    browser.document().setDocumentMargin(4)
    browser.document().setDefaultStyleSheet(_style(theme_of(parent)))
    browser.setPlainText(tr("The figures are being computed …"))
    browse_links(browser)
    dialog.column.addWidget(browser, 1)
    jobs.run(
        lambda: _page(method_sections(session)),
        browser.setHtml,
        lambda error: browser.setPlainText(str(error)),
        owner=browser,
        urgent=True,
    )
    return dialog


def _style(look: Theme) -> str:
    title, heading, body = (px(size) for size in (TITLE_PX, HEADING_PX, BODY_PX))
    return f"""
    h1 {{ font-size: {title}px; font-weight: 600; margin: 0 0 12px 0; color: {look.text}; }}
    h2 {{ font-size: {heading}px; font-weight: 600; margin: 22px 0 8px 0; color: {look.text}; }}
    p, li {{ font-size: {body}px; color: {look.text}; line-height: 135%; }}
    p {{ margin: 0 0 8px 0; }}
    a {{ color: {look.text}; }}
    ul {{ margin: 0 0 0 -22px; }}
    li {{ margin: 0 0 6px 0; }}
    """


def _page(sections: Iterable[Section]) -> str:
    parts = [f"<h1>{html.escape(tr('Method and limits'))}</h1>"]
    for section in sections:
        parts.append(f"<h2>{html.escape(section.title)}</h2>")
        parts += [f"<p>{linked(text)}</p>" for text in section.text]
        if section.points:
            points = "".join(f"<li>{linked(point)}</li>" for point in section.points)
            parts.append(f"<ul>{points}</ul>")
    return "".join(parts)
