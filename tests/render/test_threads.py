"""One rasterizer under several threads and after a fork."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading

import numpy as np
import pytest

from tests.helpers import meshes as make
from visualizer.render import Materials, Rasterizer
from visualizer.render.helpers import Helpers
from visualizer.render.native import NativeKernel, load


def test_threads_that_share_a_rasterizer_draw_what_one_alone_draws(native: Rasterizer) -> None:
    mesh = make.random_mesh(3)
    position, _ = make.posed(mesh)
    materials = make.random_materials(3, mesh.part_count)
    shared = Rasterizer(threads=2, kernel="native")
    sizes = [(150, 110), (260, 140), (90, 300), (129, 127)]
    frames = np.zeros((1, 3, 4), np.float32)
    frames[0, :, :3] = np.eye(3)

    def picture_of(rasterizer: Rasterizer, size: tuple[int, int]) -> np.ndarray:
        shadow = rasterizer.shadow(position, mesh.faces)
        moved, turned = rasterizer.skin(mesh, frames)
        rasterizer.push_out(moved, np.zeros((0, 6), np.float32))
        return rasterizer.draw(
            mesh, moved, turned, materials, make.front(), size, shadow=shadow
        ).pixels.copy()

    wanted = [picture_of(native, size) for size in sizes]
    wrong: list[object] = []

    def work(size: tuple[int, int], want: np.ndarray) -> None:
        for _ in range(10):
            try:
                np.testing.assert_array_equal(picture_of(shared, size), want)
            except Exception as error:
                wrong.append(error)
                return

    threads = [threading.Thread(target=work, args=pair) for pair in zip(sizes, wanted, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_helper_that_has_not_begun_is_not_waited_for(native: Rasterizer) -> None:
    mesh = make.sheet(120)
    frames = np.zeros((1, 3, 4), np.float32)
    frames[0, :, :3] = np.eye(3)
    want = native.skin(mesh, frames)
    module = load()
    assert module is not None
    kernel = NativeKernel(module, 2)
    held, go_on = threading.Event(), threading.Event()

    def hold(_: int, worker: int) -> None:
        if worker:  # as by others on a busy computer
            held.set()
            go_on.wait(3.0)
        else:
            held.wait(3.0)

    other = threading.Thread(target=kernel._helpers.each, args=(2, hold))
    other.start()
    assert held.wait(3.0)
    position, normal = np.empty_like(want[0]), np.empty_like(want[1])
    kernel.skin(mesh, frames, position, normal)
    waited = not other.is_alive()
    go_on.set()
    other.join(3.0)
    assert not waited
    np.testing.assert_array_equal(position, want[0])
    np.testing.assert_array_equal(normal, want[1])


def test_helpers_share_all_of_the_work_and_each_of_it_is_done_once() -> None:
    helpers = Helpers(3)
    done: list[tuple[int, int]] = []

    def note(i: int, worker: int) -> None:
        done.append((i, worker))

    for count in (0, 1, 2, 50):
        done.clear()
        helpers.each(count, note)
        assert sorted(i for i, _ in done) == list(range(count))
        assert {worker for _, worker in done} <= {0, 1, 2, 3}


def test_what_a_helper_raises_reaches_the_caller_and_the_helper_goes_on() -> None:
    helpers = Helpers(1)
    begun = threading.Event()

    def work(_: int, worker: int) -> None:
        if worker:
            begun.set()
            raise ValueError("wrong")
        begun.wait(3.0)

    for _ in range(2):
        begun.clear()
        with pytest.raises(ValueError, match="wrong"):
            helpers.each(2, work)


def test_helpers_end_with_who_has_them() -> None:
    helpers = Helpers(2)
    before = set(threading.enumerate())
    helpers.each(3, lambda i, worker: None)
    threads = set(threading.enumerate()) - before
    assert len(threads) == 2
    del helpers
    for thread in threads:
        thread.join(3.0)
    assert not any(thread.is_alive() for thread in threads)


@pytest.mark.skipif(
    not hasattr(os, "fork") or sys.version_info >= (3, 12),
    reason="Python warns of forking with threads",
)
def test_a_forked_rasterizer_draws(native: Rasterizer) -> None:
    mesh = make.sheet(30)
    arguments = (mesh, *make.posed(mesh), Materials.plain(1), make.front(), (300, 300))
    shared = Rasterizer(threads=2, kernel="native")
    want = shared.draw(*arguments).pixels.copy()
    context = multiprocessing.get_context("fork")
    equal = context.Value("i", 0)

    def child() -> None:
        equal.value = int(np.array_equal(shared.draw(*arguments).pixels, want))

    process = context.Process(target=child)
    process.start()
    process.join(20)
    hung = process.is_alive()
    process.kill()
    process.join()
    assert not hung
    assert equal.value == 1
