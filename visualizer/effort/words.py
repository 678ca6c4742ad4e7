"""What is said wherever a share of effort stands: its name, model, limits, comparison."""

from __future__ import annotations

from visualizer.texts import N_

__all__ = ["COMPARED", "LIMITS", "MODEL", "RANGE", "SOURCES", "TITLE"]

TITLE = N_(
    "Estimated share of effort (computed: least sum of activation squared, generic strength; "
    "not measured, not EMG)"
)
RANGE = N_(
    "Range: feet and back may push apart by any amount that friction holds. How much falls to "
    "the knee is therefore undecided."
)
MODEL = N_(
    "Muscles: parameters of the model RajagopalLaiUhlrich2023, rigid tendons, our skeleton's "
    "paths with that model's moment arms at the knee. Hip rotation is left out; the same strength "
    "for everybody."
)
LIMITS = N_(
    "Limits: that the body shares the work in this way is an assumption. Beyond the model's "
    "strength, or where a lift stretches fibres further than the model describes, no shares are "
    "given."
)
# the figures: docs/effort.md; tests/effort/test_sharing.py holds their bounds
COMPARED = N_(
    "Compared with OpenSim's solution of the same model and moments (one lift, body "
    "75 kg, bar 105 kg): mean difference 0.01 of full activation over 17 units, 0.06 for the worst "
    "unit. That compares two computations, not a computation with people."
)
# keys of what parameters, arms and curves were taken from
SOURCES = (
    "rajagopal-lai-uhlrich-2023",
    "rajagopal2016",
    "lai2017",
    "uhlrich2022",
    "millard2013",
)
