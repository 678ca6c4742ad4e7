"""The ways to draw that every test of the renderer goes through."""

from __future__ import annotations

import pytest

from visualizer.render import Rasterizer
from visualizer.render import native as native_module


@pytest.fixture(scope="session")
def native() -> Rasterizer:
    if native_module.load() is None:
        pytest.skip("the native kernel is not built")
    return Rasterizer(threads=2, kernel="native")


@pytest.fixture(scope="session")
def reference() -> Rasterizer:
    return Rasterizer(kernel="numpy")


@pytest.fixture(params=["native", "numpy"])
def rasterizer(request: pytest.FixtureRequest) -> Rasterizer:
    if request.param == "native" and native_module.load() is None:
        pytest.skip("the native kernel is not built")
    return Rasterizer(threads=2, kernel=request.param)
