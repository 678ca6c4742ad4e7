"""The steps of ``native/kernel.c`` in numpy: slow, readable, the oracle of the tests.

It serves where no kernel could be built. The same steps with the same numbers, but for the whole
picture at once instead of tile by tile; the C sources tell why things are as they are. Coordinates
are snapped to 1/16 sample, so coverage agrees exactly with the kernel; colours agree to rounding.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from visualizer.render.contract import (
    EDGE_RADIUS_M,
    GAMMA_STEPS,
    LANE_SKEW,
    MATERIAL,
    OPAQUE,
    SLIVER,
    TRANSLUCENT,
)
from visualizer.render.coverage import Layer, projected, rastered
from visualizer.render.floor import floor_shade
from visualizer.render.frame import Frame, dither, gamma_table
from visualizer.render.halo import Halo
from visualizer.render.halo_reference import NEAREST, lay_halo
from visualizer.render.kernel import Pieces
from visualizer.render.mesh import Mesh
from visualizer.render.picture import Picture
from visualizer.render.selection import Selection
from visualizer.render.shading import Samples, lit, surface
from visualizer.render.shadow import darkness

__all__ = ["ReferenceKernel"]

Array = npt.NDArray[np.float64]
FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

# What is worked out for so many samples stays in the processor's cache.
_SHADED_AT_ONCE = 4096


class ReferenceKernel:
    """Skins, draws and looks from above in numpy, like the native kernel."""

    name = "numpy"

    def skin(
        self,
        mesh: Mesh,
        frames: FloatArray,
        position: FloatArray,
        normal: FloatArray,
        only: Selection | None = None,
    ) -> None:
        """Move the rest pose with its frames into ``position`` and ``normal`` (V, 3)."""
        blended = np.einsum("vk,vkij->vij", mesh.weight, frames[mesh.influence])
        turned = np.einsum("vij,vj->vi", blended[:, :, :3], mesh.rest_normal)
        length = np.sqrt((turned**2).sum(axis=1, keepdims=True) + 1e-20)
        position[:] = np.einsum("vij,vj->vi", blended[:, :, :3], mesh.rest_position)
        position += blended[:, :, 3]
        normal[:] = turned / length

    def select(
        self, mesh: Mesh, seen: npt.NDArray[np.uint8], also: npt.NDArray[np.uint8]
    ) -> Selection | None:
        """Return None: all is drawn."""
        return None

    def push_out(self, position: FloatArray, boxes: FloatArray) -> None:
        """Move vertices (V, 3) out of the floor and of boxes (N, 6), in place."""
        z = position[:, 2]
        np.maximum(z, np.float32(0.0), out=z)
        for box in boxes:
            low, high = box[:3], box[3:]
            inside = np.flatnonzero(((position > low) & (position < high)).all(axis=1))
            y, z = position[inside, 1], position[inside, 2]
            above, ahead = high[2] - z, y - low[1]
            position[inside, 2] = np.where(above <= ahead, high[2], z)
            position[inside, 1] = np.where(above <= ahead, y, low[1])
            # at the edge between top and front: away from the axis of its rounding
            radius = np.float32(EDGE_RADIUS_M)
            edge = (above < radius) & (ahead < radius)
            dy, dz = radius - ahead[edge], radius - above[edge]
            scale = np.maximum(radius / np.sqrt(dy * dy + dz * dz), np.float32(1.0))
            position[inside[edge], 1] = low[1] + radius - dy * scale
            position[inside[edge], 2] = high[2] - radius + dz * scale

    def lowest(
        self,
        position: FloatArray,
        faces: npt.NDArray[np.int32],
        low: tuple[float, float],
        cell_m: float,
        lowest_m: FloatArray,
    ) -> None:
        """Lower ``lowest_m`` (h, w) to the lowest height of the surface over every cell."""
        rows, columns = lowest_m.shape
        place = (position.astype(float)[:, :2] - low) / cell_m
        height = position[:, 2]
        with np.errstate(invalid="ignore"):
            inside = (place >= 0).all(1) & (place < [columns, rows]).all(1) & (height >= -0.2)
        cell = place[inside].astype(int)
        np.minimum.at(lowest_m, (cell[:, 1], cell[:, 0]), height[inside])
        for face in faces:
            corner = np.column_stack([place[face], height[face]])
            if np.isfinite(corner).all() and (np.ptp(corner[:, :2], axis=0) > 1.0).any():
                _lower_triangle(corner, lowest_m)

    def darkness(self, lowest_m: FloatArray) -> FloatArray:
        """Return how dark the floor is (h, w) under heights."""
        return darkness(lowest_m)

    def enlarge(self, pixels: npt.NDArray[np.uint8], out: npt.NDArray[np.uint8]) -> bool:
        """Return False: the window enlarges better than numpy."""
        return False

    def begin(
        self,
        mesh: Mesh,
        position: FloatArray,
        normal: FloatArray,
        frame: Frame,
        out: Picture,
        clean: npt.NDArray[np.uint8],
        halo: Halo | None = None,
        only: Selection | None = None,
        seen: npt.NDArray[np.uint8] | None = None,
    ) -> Pieces:
        """Return the whole picture as one piece; ``clean`` is not used, everything is written."""

        def draw(first: int, last: int) -> None:
            if first < last:
                self.draw(mesh, position, normal, frame, out, clean, halo, seen)

        return Pieces(1, draw)

    def draw(
        self,
        mesh: Mesh,
        position: FloatArray,
        normal: FloatArray,
        frame: Frame,
        out: Picture,
        clean: npt.NDArray[np.uint8],
        halo: Halo | None,
        seen: npt.NDArray[np.uint8] | None,
    ) -> None:
        """Draw into the arrays of ``out``."""
        clean[:] = 0
        ss = frame.supersample
        # lines and smoothing look over the picture's border
        border = 3 if ss == 1 else 2 * ss
        screen = projected(position, frame)
        in_view = _rotated(normal, frame)
        shape = (frame.height * ss + 2 * border, frame.width * ss + 2 * border)
        nothing = Layer(np.zeros(shape), np.full(shape, -1))
        opaque = rastered(mesh, screen, frame, OPAQUE, nothing, border)
        _note(opaque, seen)
        colour = np.zeros((*shape, 3))
        cover = np.zeros(shape)
        _shade(mesh, screen, in_view, frame, opaque, border, colour, cover)
        if frame.params["half_light"]:
            _halve_light(_parts(mesh, opaque), opaque.inv_depth, frame, border, colour)
        edges = _draw_lines(mesh, frame, opaque, colour, cover, over=False)
        part, inv_depth = _parts(mesh, opaque), opaque.inv_depth
        if frame.translucent:
            hidden = Layer(opaque.inv_depth, np.full(shape, -1))
            over = rastered(mesh, screen, frame, TRANSLUCENT, hidden, border)
            _note(over, seen)
            _shade(mesh, screen, in_view, frame, over, border, colour, cover)
            edges |= _draw_lines(mesh, frame, over, colour, cover, over=True)
            beneath = part >= 0
            part = np.where(beneath, part, _parts(mesh, over))
            inv_depth = np.where(beneath, inv_depth, over.inv_depth)
        if halo is not None:
            spared = (part >= 0) & (part < halo.spared)
            solid = opaque.triangle >= 0
            if frame.translucent:
                glass = _parts(mesh, over)
                spared |= (glass >= 0) & (glass < halo.spared)
            limit = np.where(spared, NEAREST, np.where(solid, opaque.inv_depth, 0.0))
            edges |= lay_halo(halo, frame, limit, solid, border, colour, cover)
        _write(frame, colour, cover, edges, part, inv_depth, border, out)


def _note(layer: Layer, seen: npt.NDArray[np.uint8] | None) -> None:
    """Note which triangles show."""
    if seen is not None:
        seen[layer.triangle[layer.triangle >= 0]] = 1


def _lower_triangle(corner: Array, lowest_m: FloatArray) -> None:
    """Lower the cells under one triangle; ``corner`` (3, 3) is in cells, cells and metres."""
    rows, columns = lowest_m.shape
    (ax, ay, az), (bx, by, bz), (cx, cy, cz) = corner
    area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
    if abs(area) <= 1e-6 or min(az, bz, cz) < -0.2 or az + bz + cz >= 1e6:
        return
    x0, y0 = np.maximum(np.floor(corner[:, :2].min(0)), 0).astype(int)
    x1, y1 = np.minimum(np.floor(corner[:, :2].max(0)), [columns - 1, rows - 1]).astype(int)
    if x0 > x1 or y0 > y1:
        return
    y, x = np.mgrid[y0 : y1 + 1, x0 : x1 + 1]
    dx, dy = x + 0.5 - ax, y + 0.5 - ay
    b = (dx * (cy - ay) - (cx - ax) * dy) / area
    c = ((bx - ax) * dy - dx * (by - ay)) / area
    height = az + b * (bz - az) + c * (cz - az)
    inside = (b >= 0) & (c >= 0) & (b + c <= 1)
    window = lowest_m[y0 : y1 + 1, x0 : x1 + 1]
    window[inside] = np.minimum(window[inside], height[inside])


def _rotated(normal: FloatArray, frame: Frame) -> FloatArray:
    """Return the normals (V, 3) in camera axes; senseless ones become 0."""
    axes = frame.params["axes"].reshape(3, 3)
    with np.errstate(all="ignore"):
        turned = normal @ axes.T
        return np.where(abs(turned) <= 2.0, turned, np.float32(0.0)).astype(np.float32)


def _parts(mesh: Mesh, layer: Layer) -> IntArray:
    part = mesh.face_part[np.maximum(layer.triangle, 0)].astype(np.int64)
    return np.where(layer.triangle < 0, -1, part)


def _shade(
    mesh: Mesh,
    screen: Array,
    in_view: FloatArray,
    frame: Frame,
    layer: Layer,
    border: int,
    colour: Array,
    cover: Array,
) -> None:
    """Lay a layer over ``colour`` (h, w, 3), sRGB times cover, and ``cover`` (h, w)."""
    rows, columns = np.nonzero(layer.triangle >= 0)
    attribute = np.concatenate([in_view, mesh.surface], axis=1).astype(float)
    for start in range(0, len(rows), _SHADED_AT_ONCE):
        at = rows[start : start + _SHADED_AT_ONCE], columns[start : start + _SHADED_AT_ONCE]
        face = layer.triangle[at]
        samples = _samples(mesh, screen, attribute, frame, face, at[1] - border, at[0] - border)
        light = np.clip(lit(samples, surface(samples, frame), frame), 0.0, 1.0)
        opacity = np.where(
            frame.part_kind[mesh.face_part[face]] == OPAQUE,
            1.0,
            samples.material["opacity"].astype(float),
        )
        # layers mix as it is seen, in sRGB
        rest = 1 - opacity
        colour[at] = colour[at] * rest[:, None] + _srgb(light) * opacity[:, None]
        cover[at] = opacity + cover[at] * rest


def _samples(
    mesh: Mesh,
    screen: Array,
    attribute: Array,
    frame: Frame,
    face: IntArray,
    x: IntArray,
    y: IntArray,
) -> Samples:
    """Return what is known of samples of triangles (N,); ``attribute`` (V, 8) of the vertices."""
    px, py = x + 0.5, y + 0.5
    corner = screen[mesh.faces[face]]
    bx, by = (corner[:, 1, :2] - corner[:, 0, :2]).T
    cx, cy = (corner[:, 2, :2] - corner[:, 0, :2]).T
    area = bx * cy - cx * by
    dx, dy = px - corner[:, 0, 0], py - corner[:, 0, 1]
    inverse = np.where(area < -SLIVER, 1.0 / area, 0.0)
    wb, wc = (dx * cy - cx * dy) * inverse, (bx * dy - dx * by) * inverse
    weight = np.stack([1 - wb - wc, wb, wc], axis=1)
    q = corner[..., 2]
    divided = np.maximum(abs(q[:, 1] - q[:, 0]), abs(q[:, 2] - q[:, 0])) > 0.01 * q[:, 0]
    weight *= np.where(divided[:, None], q, 1.0)
    weight /= weight.sum(axis=1, keepdims=True)
    value = np.einsum("nk,nki->ni", weight, attribute[mesh.faces[face]])
    fibre = mesh.fibre[mesh.faces[face]].astype(float)
    (ub, uc) = (fibre[:, 1:, 2] - fibre[:, :1, 2]).T
    blur = (abs(ub * cy - uc * by) + abs(uc * bx - ub * cx)) * abs(inverse)
    lane = fibre[..., 0] + LANE_SKEW * fibre[..., 1]
    (lb, lc) = (lane[:, 1:] - lane[:, :1]).T
    slip = np.hypot(lb * cy - lc * by, lc * bx - lb * cx) * abs(inverse)
    ss = frame.supersample
    focal = frame.number("focal")
    return Samples(
        normal=value[:, :3],
        occlusion=np.clip(value[:, 3], 0.0, 1.0),
        tendon=np.clip(value[:, 4], 0.0, 1.0),
        fibre=value[:, 5:8],
        blur=blur,
        slip=slip,
        view=np.stack(
            [
                (0.5 * frame.width * ss - px) / focal,
                (py - 0.5 * frame.height * ss) / focal,
                np.ones(len(px)),
            ],
            axis=1,
        ),
        material=frame.material[mesh.face_part[face]],
    )


def _halve_light(
    part: IntArray, inv_depth: Array, frame: Frame, border: int, colour: Array
) -> None:
    """Give odd rows the mean of their neighbours where all three are one surface."""
    jump = frame.number("jump_m")
    far = np.asarray(_shifted(inv_depth, 1, 0), float)
    steps = (_shifted(part, 1, 0) != part) | _jumps(inv_depth, far, jump)
    odd = ((np.arange(len(part)) - border) % 2 == 1)[:, None]
    even_all_round = odd & ~steps & ~np.asarray(_shifted(steps, -1, 0), bool) & (part >= 0)
    levels = np.round(colour * 255).astype(int)
    above, below = (np.asarray(_shifted(levels, dy, 0), np.int64) for dy in (-1, 1))
    mean = (above + below) >> 1
    colour[even_all_round] = mean[even_all_round] / 255.0


def _srgb(light: Array) -> Array:
    return np.asarray(gamma_table()[(light * (GAMMA_STEPS - 1) + 0.5).astype(int)] / 255.0)


def _shifted(array: npt.NDArray[np.generic], dy: int, dx: int) -> npt.NDArray[np.generic]:
    """Return the array whose (y, x) is the old (y + dy, x + dx); the border repeats itself."""
    for axis, step in ((0, dy), (1, dx)):
        if step:
            count = array.shape[axis]
            array = array.take(np.clip(np.arange(count) + step, 0, count - 1), axis)
    return array


def _windows(
    array: npt.NDArray[np.generic], reach: int
) -> Callable[[int, int], npt.NDArray[np.generic]]:
    """Return what shows the array shifted by up to ``reach``, as :func:`_shifted`, at no cost."""
    height, width = array.shape
    large = np.pad(array, reach, mode="edge")
    return lambda dy, dx: large[reach + dy :, reach + dx :][:height, :width]


def _draw_lines(
    mesh: Mesh, frame: Frame, layer: Layer, colour: Array, cover: Array, over: bool
) -> npt.NDArray[np.bool_]:
    """Ink the samples near edges; return (h, w) where an edge is next to a sample."""
    part, q = _parts(mesh, layer), layer.inv_depth
    jump = frame.number("jump_m")
    # the row of -1, nothing, is the last
    nothing = np.zeros(1, MATERIAL)
    nothing["outline_width_px"] = frame.params["edge_width_px"]
    nothing["outline_strength"] = frame.params["edge_strength"]
    table = np.concatenate([frame.material, nothing])
    strength = table["outline_strength"].astype(float)
    drawn = np.unique(part)
    half_width = table["outline_width_px"].astype(float) * 0.5 * frame.supersample
    reach = max(1, int(np.ceil(half_width[[*drawn, -1]].max())))
    ringed = bool(frame.params["ring"])
    if ringed:
        reach = max(reach, frame.supersample)
    reach = min(reach, 2 * frame.supersample)
    line, selected = np.zeros(part.shape), np.zeros(part.shape)
    there, in_ring = part >= 0, table["ring"][part]
    part_at, q_at, ring_at = (_windows(array, reach) for array in (part, q, in_ring))
    for dy in range(-reach, reach + 1):
        for dx in range(-reach, reach + 1):
            off = np.hypot(dx, dy) - 1.0
            differs = np.nonzero((part_at(dy, dx) != part) & there)
            here, other = part[differs], part_at(dy, dx)[differs]
            ink = np.maximum(strength[here], strength[other])
            width = np.maximum(half_width[here], half_width[other])
            line[differs] = np.maximum(line[differs], ink * np.clip(width - off, 0, 1))
            if abs(dx) + abs(dy) == 1:
                far = np.asarray(q_at(dy, dx), float)
                same = np.nonzero((part_at(dy, dx) == part) & there & _jumps(q, far, jump))
                here = part[same]
                fold = 0.6 * strength[here] * np.clip(half_width[here] - off, 0, 1)
                line[same] = np.maximum(line[same], fold)
            if ringed:
                border = in_ring != ring_at(dy, dx)
                near = np.clip(frame.supersample - off, 0, 1)
                selected[border] = np.maximum(selected[border], near)
    if over:
        line *= table["opacity"].astype(float)[part]
    _lay_lines(frame, line, selected, colour, cover)
    return _beside_edges(part, q, jump)


def _lay_lines(frame: Frame, line: Array, selected: Array, colour: Array, cover: Array) -> None:
    """Lay lines and the ring, both (h, w) shares, over ``colour`` and ``cover``, in place."""
    at = np.nonzero(line)
    colour[at] += line[at][:, None] * (frame.vector("ink") * cover[at][:, None] - colour[at])
    at = np.nonzero(selected)
    colour[at] += selected[at][:, None] * (frame.vector("ring_colour") - colour[at])
    cover[at] += selected[at] * (1.0 - cover[at])


def _jumps(one: Array, other: Array, jump: float) -> npt.NDArray[np.bool_]:
    return np.asarray(abs(one - other) > jump * np.maximum(one, other) ** 2)


def _beside_edges(part: IntArray, q: Array, jump: float) -> npt.NDArray[np.bool_]:
    """Return where a sample or its upper or left neighbour begins a pair across an edge."""
    marks = np.zeros(part.shape, bool)
    for dy, dx in ((0, 1), (1, 0)):
        marks |= (_shifted(part, dy, dx) != part) | _jumps(
            q, np.asarray(_shifted(q, dy, dx), float), jump
        )
    near = np.zeros(part.shape, bool)
    for dy in (-1, 0):
        for dx in (-1, 0):
            near |= np.asarray(_shifted(marks, dy, dx), bool)
    return near


def _write(
    frame: Frame,
    colour: Array,
    cover: Array,
    edges: npt.NDArray[np.bool_],
    part: IntArray,
    inv_depth: Array,
    border: int,
    out: Picture,
) -> None:
    """Reduce samples to pixels over the gradient and its shadow."""
    ss, width, height = frame.supersample, frame.width, frame.height
    light = np.concatenate([colour, cover[..., None]], axis=2)
    if frame.params["smooth"]:
        y, x = np.nonzero(edges)
        down, right = (np.array(edges.shape) - 1).tolist()
        tent = np.zeros((len(y), 4))
        for dy, wy in ((-1, 0.25), (0, 0.5), (1, 0.25)):
            for dx, wx in ((-1, 0.25), (0, 0.5), (1, 0.25)):
                tent += wy * wx * light[np.clip(y + dy, 0, down), np.clip(x + dx, 0, right)]
        light[y, x] = tent
    inner = light[border : border + height * ss, border : border + width * ss]
    mean = inner.reshape(height, ss, width, ss, 4).mean(axis=(1, 3))
    first = slice(border, border + height * ss, ss), slice(border, border + width * ss, ss)
    dark = frame.vector("shadow_colour")
    shade = floor_shade(frame)[..., None]
    mat = int(frame.params["mat"])
    if mat >= 0:
        on_mat = (part[first] == mat)[..., None]
        mean[..., :3] *= np.where(on_mat, 1.0 + shade * (dark - 1.0), 1.0)
    behind = frame.row_srgb[:, None, :] * (1.0 + shade * (dark - 1.0))
    grain = dither(np.arange(width)[None, :], np.arange(height)[:, None])[..., None]
    pixel = ((behind * 65280).astype(int) + grain) >> 8
    plain = (shade[..., 0] <= 0)[..., None]
    x = np.arange(width) % 8
    gradient = frame.row_pixels[:, x]
    untouched = np.stack([gradient >> 16 & 255, gradient >> 8 & 255, gradient & 255], axis=2)
    pixel = np.where(plain, untouched.astype(int), pixel)
    pixel = np.round(255 * mean[..., :3] + (1.0 - mean[..., 3:]) * pixel)
    out.pixels[..., :3] = pixel[..., ::-1]
    out.pixels[..., 3] = 255
    out.part[:] = part[first]
    if frame.params["depth"]:
        out.inv_depth[:] = inv_depth[first]
