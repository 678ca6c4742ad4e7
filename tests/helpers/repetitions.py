"""Repetitions of the shipped variations, each solved once for all tests of a process."""

from __future__ import annotations

from functools import cache

import numpy as np

from visualizer.anatomy.body_model import BodyModel
from visualizer.anatomy.muscle import Side
from visualizer.anatomy.skeleton import Skeleton
from visualizer.anatomy.surface import Body
from visualizer.catalog.catalog import Catalog, CatalogLoad, load_catalog
from visualizer.catalog.variation import Variation
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.hip_thrust.setup import HipThrustSetup

HIP_THRUSTS = ("barbell-hip-thrust", "single-leg-hip-thrust", "banded-hip-thrust", "glute-bridge")
VARIATIONS = (*HIP_THRUSTS, "romanian-deadlift")
PROGRESS = np.linspace(0, 1, 101)


@cache
def shipped() -> CatalogLoad:
    return load_catalog()


def catalog() -> Catalog:
    return shipped().catalog


@cache
def body_model() -> BodyModel:
    return BodyModel.load()


def skeleton() -> Skeleton:
    return body_model().skeleton


def body() -> Body:
    return body_model().surface


def placement(variation: Variation) -> HipThrustSetup:
    """Return how the body is placed in a hip thrust."""
    assert isinstance(variation.setup, HipThrustSetup)
    return variation.setup


def repetition(name: str, side: Side = Side.RIGHT) -> Repetition:
    return _solved(name, side)  # the same one whether the side is named or not


@cache
def _solved(name: str, side: Side) -> Repetition:
    return Repetition(catalog().variation(name), catalog(), body_model(), side)
