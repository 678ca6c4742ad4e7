"""What is said of estimated effort in the window: figures with their range, why there are none."""

from __future__ import annotations

from visualizer.analysis.evidence import evidence_about
from visualizer.analysis.evidence_axis import axes_of
from visualizer.analysis.plot_moment import load_words
from visualizer.analysis.words import capitalised, muscle_name
from visualizer.anatomy.muscle import Muscle
from visualizer.catalog.catalog import Catalog
from visualizer.effort.now import FULL, EffortNow, ShareNow
from visualizer.effort.sharing import Effort
from visualizer.exercise.mass import MassUnit
from visualizer.exercise.repetition import Repetition
from visualizer.texts import ntr, tr
from visualizer.texts.figures import figure, number

__all__ = [
    "beyond_anywhere_text",
    "beyond_text",
    "headline",
    "joint_word",
    "measured_lines",
    "no_share_text",
    "other_quantity_text",
    "overstretched_text",
    "pending_text",
    "share_text",
    "status_text",
    "why_lines",
]

# Of its strength; and between the ends of a range that is worth a word.
_NEXT_TO_NOTHING, _OPEN = 0.03, 0.02


def joint_word(dof: str) -> str:
    """Return what a moment of the model is called."""
    return {
        "hip_flexion": tr("hip"),
        "hip_adduction": tr("hip, sideways"),
        "knee": tr("knee"),
        "ankle": tr("ankle"),
    }[dof]


def share_text(share: ShareNow) -> str:
    """Return a share with its range, e.g. ``62 % (44–84 %)``."""
    nominal, low, high = (figure(100.0 * v) for v in (share.nominal, share.low, share.high))
    return f"{nominal} % ({low}–{high} %)"


def no_share_text(now: EffortNow | None) -> str:
    """Return in short why a muscle has no share."""
    if now is None:
        return tr("being computed")
    if now.beyond or now.overstretched:
        return tr("no share is given")
    return tr("not in the model")


def pending_text() -> str:
    """Return what is said while the shares are being computed."""
    return tr("The estimate is being computed.")


def overstretched_text() -> str:
    """Return why a lift has no shares that stretches fibres too far."""
    return tr(
        "No shares are given: this lift stretches fibres further than the model can describe."
    )


def beyond_text(now: EffortNow) -> str:
    """Return what is not met at a moment beyond the model's strength."""
    dof = max(now.unmet_nm, key=lambda name: abs(now.unmet_nm[name]))
    return tr("Beyond this model’s strength: {unmet} are not met ({joint}).").format(
        unmet=figure(abs(now.unmet_nm[dof]), " Nm"), joint=joint_word(dof)
    )


def beyond_anywhere_text(effort: Effort) -> str:
    """Return that the moments of a repetition are beyond the strength at some time."""
    worst = max(float(abs(nm[effort.missed]).max()) for nm in effort.unmet_nm.values())
    return tr(
        "Beyond this model’s strength: up to {unmet} are not met, so no shares are drawn. The "
        "body is coloured where they are met."
    ).format(unmet=figure(worst, " Nm"))


def other_quantity_text() -> str:
    """Return that EMG is something else."""
    return tr(
        "EMG is another quantity, in per cent of another reference: its published figures stand "
        "under Evidence, on axes of their own."
    )


def headline(repetition: Repetition, now: EffortNow | None, muscle: str) -> tuple[str, ...]:
    """Return the share of a muscle with its range; of a group that of each member.

    Parameters
    ----------
    repetition : Repetition
        What is done.
    now : EffortNow or None
        The shares; None while they are being computed.
    muscle : str
        Id of a muscle or group.
    """
    if now is None:
        return (pending_text(),)
    if now.overstretched:
        return (overstretched_text(),)
    inside = repetition.catalog.surfaces(muscle)
    held = [m for m in inside if m in now.effort.muscles]
    if not held:
        return (tr("Not in the model: nothing is estimated, which does not mean zero."),)
    lines = [beyond_text(now)] if now.beyond else []
    for member in held:
        share = now.of(member)
        text = tr("{} of its strength").format(share_text(share)) if share is not None else ""
        if now.beyond:
            text = tr("gives all that it has") if share is not None else ""
        if text:
            alone = len(inside) == 1 and not now.beyond
            name = capitalised(muscle_name(repetition, member))
            lines.append(text if alone else f"{name}: {text}")
    return tuple(lines)


def why_lines(
    repetition: Repetition, now: EffortNow | None, muscle: str, unit: MassUnit
) -> tuple[str, ...]:
    """Return why the shares are as they are at a moment, and what limits them.

    Parameters
    ----------
    repetition : Repetition
        What is done.
    now : EffortNow or None
        The shares; None while they are being computed.
    muscle : str
        Id of a muscle or group.
    unit : MassUnit
        What masses are told in.
    """
    held = now is not None and any(
        m in now.effort.muscles for m in repetition.catalog.surfaces(muscle)
    )
    if now is None or now.overstretched or not held:
        return ()
    lines = [
        tr("Moments of one leg now: hip {hip}, knee {knee}; for {load}.").format(
            hip=_moment(now.moments_nm["hip_flexion"]),
            knee=_moment(now.moments_nm["knee"]),
            load=load_words(now.effort.load, unit),
        )
    ]
    if now.beyond:
        lines.append(tr("No other figures are given at this moment: they would mean nothing."))
        return tuple(lines)
    shares = [s for m in repetition.catalog.surfaces(muscle) if (s := now.of(m)) is not None]
    if any(share.nominal >= FULL for share in shares):
        lines.append(tr("It gives all that it has; other muscles bear the rest."))
    elif all(share.high <= _NEXT_TO_NOTHING for share in shares):
        lines.append(tr("The model leaves it next to nothing to do: others do it at less effort."))
    if any(share.high - share.low >= _OPEN for share in shares):
        lines.append(
            tr("The range in brackets: feet and back may push apart more or less, which is not "
               "known.")
        )  # fmt: skip
    lines.append(
        tr("Assumed: muscles share the work with the least sum of squares, and everybody has "
           "the same strength.")
    )  # fmt: skip
    return tuple(lines)


def _moment(nm: float) -> str:
    """Return a moment and which way it turns the joint; in OpenSim's signs minus extends."""
    text = figure(abs(nm), " Nm")
    return (tr("{} extending") if nm < 0 else tr("{} flexing")).format(text)


def measured_lines(muscle: Muscle, catalog: Catalog) -> tuple[str, ...]:
    """Return what EMG studies measured of a muscle, a line for each quantity and reference.

    Parameters
    ----------
    muscle : Muscle
        A muscle or group.
    catalog : Catalog
        Knows the figures.
    """
    lines = []
    for axis in axes_of(evidence_about(muscle, catalog)):
        points = [point for point in axis.points if not point.compared and point.reach]
        if "EMG" not in axis.quantity + " ".join(p.row.fact.method for p in points) or not points:
            continue
        reach = [n for point in points for n in point.reach]
        low, high = number(min(reach)), number(max(reach))
        span = low if low == high else f"{low}–{high}"
        studies = len({point.row.fact.source for point in points})
        line = f"{capitalised(axis.quantity)}: {span} {axis.unit}"
        if axis.normalisation:
            line += " · " + tr("relative to {}").format(axis.normalisation)
        lines.append(line + " · " + ntr("{} study", "{} studies", studies).format(studies))
    return tuple(lines)


def status_text(repetition: Repetition, now: EffortNow | None, selection: str | None) -> str:
    """Return a line on a moment: the selected muscle's share with its range, or the highest.

    Parameters
    ----------
    repetition : Repetition
        Knows the muscles' names.
    now : EffortNow or None
        The shares; None while they are being computed.
    selection : str or None
        Id of the selected muscle or group.
    """
    if now is None:
        return pending_text()
    if now.overstretched:
        return overstretched_text()
    if now.beyond:
        return beyond_text(now)
    if selection is not None and selection in repetition.catalog.muscles:
        name, share = capitalised(muscle_name(repetition, selection)), now.of(selection)
        if share is not None:
            return f"{name}: {share_text(share)}"
        held = [m for m in repetition.catalog.surfaces(selection) if now.of(m) is not None]
        if not held:
            return tr("{}: not in the model").format(name)
        shares = ((m, now.of(m)) for m in held)
        return ", ".join(
            f"{capitalised(muscle_name(repetition, m))} {share_text(s)}" for m, s in shares if s
        )
    highest = now.highest
    share = now.of(highest) if highest is not None else None
    if highest is None or share is None:
        return ""
    name = muscle_name(repetition, highest)
    return tr("Highest now: {muscle} {share}").format(muscle=name, share=share_text(share))
