"""What the moments of this lift assume, what it is loaded with, and what it is held against."""

from __future__ import annotations

from visualizer.lifts.base import Check
from visualizer.lifts.vocabulary import Laterality
from visualizer.texts import N_

__all__ = ["ASSUMPTIONS", "CHECK", "MOTION", "USUAL_BAR"]

# What a barbell weighs at first, in shares of body mass. On one leg a bar of body mass would ask
# about 410 Nm of the hip (75 kg), nearly twice what each of two legs bears with 70 % of the 1RM
# below (221 Nm); a quarter of body mass asks for 225 Nm, which is about that.
USUAL_BAR = {Laterality.BOTH: 1.0, Laterality.WORKING: 0.25}

CHECK = Check(
    variation="barbell-hip-thrust",
    share_of_1rm=0.7,
    # No paper whose text could be read states the mean 1RM relative to body mass, so this is an
    # assumption for trained adults, with the range that comparisons have to bear.
    one_rm_per_body_mass=2.0,
    one_rm_range=(1.5, 2.5),
    travel="zabaleta2024-hip-thrust-travel",
    hip_course="brazil2021-hip-moment-course",
    knee_moment="otsuka2021-knee-extension-moment",
)

MOTION = N_(
    "a closed linkage. Feet and upper back stay where they are, the hips travel between "
    "bottom and top; knee and trunk follow from it. The spine is held neutral by our choice."
)

ASSUMPTIONS: tuple[str, ...] = (
    N_(
        "The height of the hips follows the minimum-jerk profile over the lift and the lowering; "
        "a shorter lift or a jerky one needs a larger moment early in the lift."
    ),
    N_(
        "The barbell is a point mass at its seat in the hip crease, borne by the pelvis alone. If "
        "it slid there without friction, the bent thighs would bear part of it and the largest hip "
        "moment of the barbell hip thrust would be about a fifth smaller; that curve is computed "
        "too."
    ),
    N_(
        "At the bottom the plates just touch the floor and carry nothing; the hands only steady "
        "the bar."
    ),
    N_(
        "The feet do not move. In the nominal solution the ankle moment is zero (the pressure lies "
        "below the ankle): Brazil 2021 found the ankle's part negligible."
    ),
    N_(
        "The bench pushes at one point, at right angles to the back, plus friction; the floor or "
        "mat below the shoulders pushes upwards, plus friction."
    ),
    N_(
        "Feet and back could push apart horizontally by any amount that friction holds: statics "
        "cannot tell. The nominal solution needs the least friction, the same coefficient at the "
        "feet and at the back; the range covers every force that the stated coefficient allows."
    ),
    N_("A second range lets the pressure move anywhere from the heel to the ball of the foot."),
    N_(
        "The band pulls the thighs together with a tension proportional to its stretch; only this "
        "load is counted in the frontal plane, at right angles to the thigh. Its stiffness is that "
        "of the band itself; whether a maker's force at double length is that tension or the pull "
        "of the loop's two strands, twice as much, could not be verified."
    ),
    N_(
        "Until another load is set, the bar weighs as much as the body, on one leg a quarter of "
        "it: a bar of body mass would ask of the one hip nearly twice what a heavy lift on two "
        "legs asks of each."
    ),
    N_(
        "A typical 1RM of trained adults is taken as 2.0 times body mass (1.5 to 2.5); no paper "
        "that we could read states it."
    ),
)
