"""Inverse dynamics on made-up four-bar linkages, where everything is known exactly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.polynomial import chebyshev
from numpy.typing import NDArray

from visualizer.lifts.bodies import Bodies
from visualizer.lifts.hip_thrust.inverse_dynamics import Chain, solve

Array = NDArray[np.float64]
G = 9.81
X = np.cos(np.linspace(np.pi, 0, 60))  # good places to fit polynomials at
TIME = (X + 1) / 2


@cache
def deriving(order: int) -> Array:
    """Return what makes derivatives by time (60, 60) of samples: of the polynomial through them."""
    fitted = chebyshev.chebfit(X, np.eye(len(X)), 40)
    c = chebyshev.chebder(fitted, order)
    return np.asarray(chebyshev.chebval(X, c), np.float64).T * 2.0**order


def derivative(samples: Array, order: int = 1) -> Array:
    """Derivative by time of smooth samples (60, …), exact to rounding."""
    return np.asarray((deriving(order) @ samples.reshape(len(X), -1)).reshape(samples.shape))


def cross(a: Array, b: Array) -> Array:
    return np.asarray(a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0])


@dataclass(frozen=True)
class Made:
    chain: Chain
    angles: Array  # (4, N): trunk, thigh, shank, foot


masses = st.tuples(*[st.floats(0.5, 60.0)] * 5)


@st.composite
def linkages(draw: st.DrawFn) -> Made:
    """Trunk on a pivot, thigh, shank, foot; a bar on the trunk's end. Moves smoothly."""
    trunk, thigh, shank = (draw(st.floats(0.38, 0.46)) for _ in "ttt")
    start, sweep = draw(st.floats(0.7, 0.95)), draw(st.floats(0.2, 0.6))
    phi = start - sweep * TIME**2 * (3 - 2 * TIME)
    back = np.array([0.0, draw(st.floats(0.38, 0.5))])
    ankle = np.array([-draw(st.floats(0.8, 0.9)), 0.06])
    hip = back - trunk * np.column_stack([np.cos(phi), np.sin(phi)])
    # the knee: where circles about hip and ankle cross, above
    between = ankle - hip
    distance = np.linalg.norm(between, axis=1)
    along = (thigh**2 - shank**2 + distance**2) / (2 * distance)
    unit = between / distance[:, None]
    height = np.sqrt(thigh**2 - along**2)
    knee = hip + along[:, None] * unit + height[:, None] * unit[:, ::-1] * [1.0, -1.0]
    still = np.zeros_like(hip)
    ends = [(hip, back + still), (hip, knee), (knee, ankle + still)]
    angles = np.array([np.unwrap(np.arctan2(*(e - s).T[::-1])) for s, e in ends] + [0 * TIME])
    centres = [s + 0.45 * (e - s) for s, e in ends]
    centres += [still + ankle - [0.05, 0.03], hip + 0.1 * (back - hip)]
    centre = np.array(centres)
    mass = np.array(draw(masses))
    inertia = mass * draw(st.floats(0.001, 0.04)) * [1, 1, 1, 1, 0]
    turning = np.array([derivative(a, 2) for a in [*angles, 0 * TIME]])
    acceleration = np.array([derivative(c, 2) for c in centre])
    bodies = Bodies(mass, inertia, centre, acceleration, turning)
    one = np.ones(len(TIME))
    chain = Chain(
        bodies=bodies, foot=[3], shank=[2], thigh=[1],
        back_m=back + still, hip_m=hip, knee_m=knee, ankle_m=ankle + still,
        heel_y_m=(ankle[0] + 0.05) * one, ball_y_m=(ankle[0] - 0.12) * one,
        lean_rad=phi, friction=draw(st.floats(0.3, 0.9)), gravity=G,
    )  # fmt: skip
    return Made(chain, angles)


@settings(max_examples=40, deadline=None)
@given(linkages())
def test_power_of_the_joints_is_the_change_of_energy(made: Made) -> None:
    b, found = made.chain.bodies, solve(made.chain)
    velocity = np.array([derivative(c) for c in b.centre_m])
    turn = np.array([derivative(a) for a in made.angles])
    kinetic = 0.5 * (b.mass_kg[:, None] * (velocity**2).sum(2)).sum(0)
    kinetic += 0.5 * (b.inertia_kg_m2[:4, None] * turn**2).sum(0)
    potential = G * (b.mass_kg[:, None] * b.centre_m[..., 1]).sum(0)
    trunk, thigh, shank, foot = turn
    power = found.hip_nm * (thigh - trunk)
    power -= found.knee_nm * (shank - thigh)  # extending the knee turns the shank backwards
    power += found.ankle_nm * (foot - shank)
    scale = np.abs(power).max() + 1
    np.testing.assert_allclose(power / scale, derivative(kinetic + potential) / scale, atol=1e-6)


@settings(max_examples=40, deadline=None)
@given(linkages())
def test_everything_is_in_equilibrium(made: Made) -> None:
    chain, found = made.chain, solve(made.chain)
    foot = np.column_stack([found.foot_y_n, found.foot_z_n])
    back = np.column_stack([found.back_y_n, found.back_z_n])
    pressure = np.column_stack([found.pressure_y_m, 0 * TIME])
    force, instant = chain.bodies.demand(chain.hip_m, G)
    np.testing.assert_allclose(foot + back, force, atol=1e-8 * np.abs(force).max())
    turned = cross(pressure - chain.hip_m, foot) + cross(chain.back_m - chain.hip_m, back)
    np.testing.assert_allclose(turned, instant, atol=1e-8 * np.abs(instant).max() + 1e-6)
    # from the other end of the chain: the trunk and the bar above the hip
    _, above = chain.bodies.only([0, 4]).demand(chain.hip_m, G)
    from_above = cross(chain.back_m - chain.hip_m, back) - above
    np.testing.assert_allclose(found.hip_nm, from_above, atol=1e-6 * (1 + np.abs(above).max()))


@settings(max_examples=40, deadline=None)
@given(linkages())
def test_nominal_needs_the_same_friction_at_both_ends_and_no_ankle(made: Made) -> None:
    chain, found = made.chain, solve(made.chain)
    assert np.abs(found.ankle_nm).max() < 1e-8 * np.abs(found.hip_nm).max() + 1e-8
    lean = np.arctan2(-found.back_y_n, found.back_z_n)
    at_back = np.abs(np.tan(chain.lean_rad - lean))
    np.testing.assert_allclose(found.friction_needed, at_back, atol=1e-6)


@settings(max_examples=40, deadline=None)
@given(linkages())
def test_ranges_hold_the_nominal_and_each_other(made: Made) -> None:
    found = solve(made.chain)
    tiny = 1e-6 * (1 + np.abs(found.hip_nm).max())
    for nominal, friction, contact in (
        (found.hip_nm, found.hip_friction_nm, found.hip_contact_nm),
        (found.knee_nm, found.knee_friction_nm, found.knee_contact_nm),
    ):
        assert np.all(contact.low <= friction.low + tiny)
        assert np.all(friction.low <= nominal + tiny)
        assert np.all(nominal <= friction.high + tiny)
        assert np.all(friction.high <= contact.high + tiny)


@settings(max_examples=30, deadline=None)
@given(made=linkages(), push=st.floats(-1, 1), share=st.floats(0, 1))
def test_no_allowed_force_leaves_the_contact_range(made: Made, push: float, share: float) -> None:
    """Try forces at random; those within all limits must give moments within the range."""
    chain, found = made.chain, solve(made.chain)
    force, about_back = chain.bodies.demand(chain.back_m, G)
    y = chain.ball_y_m + share * (chain.heel_y_m - chain.ball_y_m)
    # h = push · friction · v; the moments about the back give v
    arm = (y - chain.back_m[:, 0]) + chain.back_m[:, 1] * push * chain.friction
    v = about_back / arm
    h = push * chain.friction * v
    back = force - np.column_stack([h, v])
    slip = np.abs(np.arctan2(-back[:, 0], back[:, 1]) - chain.lean_rad)
    allowed = (v > 0) & (slip <= np.arctan(chain.friction))
    _, legs = chain.bodies.only([1, 2, 3]).demand(chain.hip_m, G)
    ground = np.column_stack([h, v])
    hip = legs - cross(np.column_stack([y, 0 * y]) - chain.hip_m, ground)
    tiny = 1e-6 * (1 + np.abs(hip).max())
    assert np.all(hip[allowed] <= found.hip_contact_nm.high[allowed] + tiny)
    assert np.all(hip[allowed] >= found.hip_contact_nm.low[allowed] - tiny)


@settings(max_examples=20, deadline=None)
@given(made=linkages(), factor=st.sampled_from([1e-9, 0.5, 2.0]))
def test_moments_grow_with_all_masses_and_vanish_without(made: Made, factor: float) -> None:
    b = made.chain.bodies
    scaled = replace(b, mass_kg=b.mass_kg * factor, inertia_kg_m2=b.inertia_kg_m2 * factor)
    one, other = solve(made.chain), solve(replace(made.chain, bodies=scaled))
    tiny = 1e-6 * np.abs(one.hip_nm).max()
    np.testing.assert_allclose(other.hip_nm, one.hip_nm * factor, atol=tiny)
    np.testing.assert_allclose(other.knee_nm, one.knee_nm * factor, atol=tiny)


@settings(max_examples=20, deadline=None)
@given(linkages())
def test_more_friction_widens_the_range(made: Made) -> None:
    low, high = (solve(replace(made.chain, friction=f)) for f in (0.6, 0.9))
    width_low = low.hip_friction_nm.high - low.hip_friction_nm.low
    width_high = high.hip_friction_nm.high - high.hip_friction_nm.low
    assert np.all(width_high >= width_low - 1e-6)
    none = solve(replace(made.chain, friction=0.0))
    needed = none.friction_needed > 1e-3
    width = none.hip_friction_nm.high - none.hip_friction_nm.low
    assert np.all(width[needed] == pytest.approx(0, abs=1e-9))
