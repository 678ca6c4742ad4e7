"""Our own ways agree with those of numpy."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from visualizer.arrays import distinct, median


def test_numpy_is_told_to_use_one_thread_before_it_is_there() -> None:
    imported = list(sys.modules)
    assert imported.index("visualizer") < imported.index("numpy")


def test_the_different_ones_come_in_order() -> None:
    numbers = np.random.default_rng(2).integers(0, 50, (40, 3), np.int32)
    found = distinct(numbers)
    assert found.dtype == np.int32
    assert np.array_equal(found, np.unique(numbers))
    assert len(distinct(numbers[:0])) == 0


@pytest.mark.parametrize("count", [1, 2, 7, 100])
def test_the_median_is_that_of_numpy(count: int) -> None:
    numbers = np.random.default_rng(count).random(count, np.float32)
    assert median(numbers) == pytest.approx(float(np.median(numbers)), abs=1e-7)
