"""What is said of estimated effort in the window: figures with their range, why there are none."""

from __future__ import annotations

from visualizer.analysis.words import capitalised, muscle_name
from visualizer.effort.now import EffortNow, ShareNow
from visualizer.effort.sharing import Effort
from visualizer.exercise.repetition import Repetition
from visualizer.texts import tr
from visualizer.texts.figures import figure

__all__ = [
    "beyond_anywhere_text",
    "beyond_text",
    "joint_word",
    "no_share_text",
    "other_quantity_text",
    "overstretched_text",
    "pending_text",
    "share_text",
    "status_text",
]


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
