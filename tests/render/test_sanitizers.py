"""The kernel under the address and undefined-behaviour sanitizers, without Python in between."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

import visualizer.render

KERNEL = Path(visualizer.render.__file__).with_name("native") / "kernel.c"

HARNESS = r"""
#define VISUALIZER_NO_CLONES
#include "kernel.c"
#include <stdio.h>
#include <stdlib.h>

static uint64_t state = 88172645463325252ull;
static float unit(void)
{
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return (float)(state >> 40) / 16777216.0f;
}
static float wide(float a) { return (unit() * 2.0f - 1.0f) * a; }
/* exact sizes on the heap: the first byte beyond is noticed */
static void *room(size_t bytes) { void *p = calloc(bytes ? bytes : 1, 1); if (!p) exit(3); return p; }

enum { V = 900, F = 700, P = 9, N = 5 };

int main(int count, char **argument)
{
    unsigned long checksum = 0;
    for (int round = 0; round < (count > 1 ? atoi(argument[1]) : 1); round++) {
        /* small, for a sanitized sample takes long; but over two tiles in one direction or the other */
        const int beyond = TILE + 1 + (int)(unit() * 20), least = 30 + (int)(unit() * 30), ss = 1 + round % 4;
        const int width = round == 7 ? 1 : round % 3 == 1 ? beyond : least, height = round == 8 ? 1 : round % 3 == 2 ? beyond : least;
        float *position = room(V * 12), *normal = room(V * 12), *weight = room(V * 16), *frames = room(N * 48);
        float *moved = room(V * 12), *turned = room(V * 12), *surface = room(V * 20);
        float *screen = room(V * 16), *vertex = room(V * 4 * ATTRIBUTES);
        Material *material = room(P * sizeof(Material));
        int32_t *influence = room(V * 16), *faces = room(F * 12), *part_of = room(F * 4);
        enum { C = (F + CLUSTER - 1) / CLUSTER };
        uint8_t *kind = room(P), *step = room(C);
        uint32_t *bounds = room(C * 4);
        ClusterBox *box = room(C * sizeof(ClusterBox));
        const float odd[6] = {NAN, INFINITY, -INFINITY, 1e30f, -1e30f, 0.0f};
        for (int i = 0; i < V; i++) {
            const float size = unit() < 0.1f ? 300.0f : 1.0f;
            for (int c = 0; c < 3; c++) {
                position[3 * i + c] = unit() < 0.01f ? odd[(int)(unit() * 6)] : wide(size);
                normal[3 * i + c] = unit() < 0.01f ? odd[(int)(unit() * 6)] : wide(1.0f);
            }
            for (int k = 0; k < 4; k++) influence[4 * i + k] = (int)(unit() * N), weight[4 * i + k] = unit() < 0.3f ? 0.0f : 0.25f;
            surface[5 * i] = unit(), surface[5 * i + 1] = unit();
            for (int c = 2; c < 5; c++) surface[5 * i + c] = wide(unit() < 0.02f ? 50.0f : 1.0f);
        }
        for (int i = 0; i < N; i++)
            for (int c = 0; c < 12; c++) frames[12 * i + c] = wide(0.2f) + (c % 5 == 0 ? 1.0f : 0.0f);
        for (int t = 0; t < F; t++) {
            const int at = (int)(unit() * (V - 3)), near = unit() < 0.7f;
            for (int c = 0; c < 3; c++) faces[3 * t + c] = near ? at + c : (int)(unit() * V);
            part_of[t] = (int)(unit() * P);
        }
        int ring = 0;
        for (int p = 0; p < P; p++) {
            Material *m = material + p;
            *m = (Material){.gloss = unit(), .streaks = unit(), .glow = unit(), .sharpness = unit(), .pattern_lanes = unit(), .pattern_phase = unit(),
                            .pattern_strength = unit(), .opacity = unit(), .outline_strength = unit()};
            for (int c = 0; c < 3; c++) m->colour[c] = unit(), m->tendon_colour[c] = unit(), m->figure_colour[c] = unit();
            m->pattern = p % 4, m->pattern_bands = unit() * 64.0f, m->outline_width_px = unit() * 4.0f;
            m->ring = p == 3 && round % 3 == 0;
            ring |= m->ring;
            kind[p] = p == 1 ? HIDDEN : (p < 4 && round % 2 ? TRANSLUCENT : OPAQUE);
        }
        uint8_t *shown = room(V), *seen = room(F);
        uint32_t *wanted = room(C * 4);
        for (int v = 0; v < V; v++) shown[v] = unit() < 0.9f;
        for (int c = 0; c < C; c++) wanted[c] = (uint32_t)(unit() * 4294967040.0f);
        skin(position, normal, influence, weight, frames, moved, turned, NULL, 0, V);
        const float map[3] = {-1.0f, -1.0f, 8.0f};
        const FrameParams params = {
            .width = width, .height = height, .supersample = ss, .smooth = round % 7 != 0, .ring = ring,
            .half_light = round % 2, .depth = 1, .mat = round % 3 - 1,
            .key = {unit(), unit(), unit()}, .fill = {unit(), unit(), unit()}, .up = {unit(), unit(), unit()},
            .halfway = {unit(), unit(), unit()}, .key_power = unit(), .fill_power = unit(), .sky_power = unit(),
            .ground_power = unit(), .rim_power = unit(), .ink = {unit(), unit(), unit()},
            .ring_colour = {unit(), unit(), unit()}, .shadow_colour = {unit(), unit(), unit()},
            .shadow_strength = unit(), .focal = (float)(height * ss) * 1.3f, .eye = {0.1f, -2.5f, 0.6f},
            .axes = {1, 0, 0, 0, 0.2f, 0.98f, 0, -0.98f, 0.2f}, .nearest_m = 0.02f, .first_step = 0.8f,
            .steps_per_unit = 60.0f, .streaks_per_m = 450.0f, .jump_m = 0.012f, .edge_width_px = unit(),
            .edge_strength = unit(), .map_corner = {map[0], map[1]}, .map_cells_per_m = map[2]};
        float *box_of = room(2 * 24);
        for (int i = 0; i < 12; i++) box_of[i] = i % 6 < 3 ? -unit() : unit();
        push_out(moved, box_of, 2, 0, V);
        project(round % 5 ? moved : position, turned, surface, &params, screen, vertex, round % 3 ? NULL : shown, 0, V);
        const int tiles = ((width + TILE - 1) / TILE) * ((height + TILE - 1) / TILE);
        int32_t *counts = room((size_t)tiles * STEPS * 4), *start = room((size_t)(tiles + 1) * 4);
        int32_t *first = room((C + 1) * 4), *corner = room(F * 12);
        for (int i = 0; i <= C; i++) first[i] = 3 * (i * CLUSTER < F ? i * CLUSTER : F);
        memcpy(corner, faces, F * 12);
        int64_t total = bound_clusters(screen, faces, part_of, F, kind, round % 3 ? NULL : wanted, first, corner, &params, box, bounds, step, 0, C / 2);
        total += bound_clusters(screen, faces, part_of, F, kind, round % 3 ? NULL : wanted, first, corner, &params, box, bounds, step, C / 2, C);
        int32_t *list = room((size_t)total * 4);
        list_clusters(bounds, step, C, width, height, counts, start, list);
        if (start[tiles] != total) return 7;
        const size_t pixels = (size_t)width * (size_t)height;
        const int map_w = 17, map_h = 13;
        float *lowest = room((size_t)map_w * map_h * 4), *row = room((size_t)height * 12), *inv_depth = room(pixels * 4);
        uint8_t *gamma = room(GAMMA), *clean = room((size_t)tiles);
        uint32_t *gradient = room((size_t)height * 32), *out = room(pixels * 4), *corners = room(NOISE * NOISE * 4);
        int16_t *part = room(pixels * 2);
        for (int i = 0; i < map_w * map_h; i++) lowest[i] = 1e9f;
        splat(round % 2 ? moved : position, faces, V, F, map, lowest, map_w, map_h);
        const float layers[6] = {0.05f, 0.62f, 1.0f, 0.55f, 0.55f, 5.0f};
        float *dark = room((size_t)map_w * map_h * 4), *blur = room((size_t)(2 * map_w * map_h + map_w) * 4);
        darken(lowest, layers, dark, blur, map_w, map_h);
        for (int i = 0; i < map_w * map_h; i++) {
            if (!(lowest[i] <= 1e9f)) return 4;
            if (!(dark[i] >= 0.0f && dark[i] <= 1.0f)) return 8;
            lowest[i] = unit();
        }
        for (int i = 0; i < height * 3; i++) row[i] = unit();
        for (int i = 0; i < GAMMA; i++) gamma[i] = (uint8_t)(i / 16);
        for (int i = 0; i < NOISE * NOISE; i++) corners[i] = (uint32_t)(unit() * 65535.0f) * 65537u;
        const HaloLook look = {.colour = {unit(), unit(), unit()}, .opacity = unit(), .rim = unit(), .spared = round % 4};
        /* a little nearer than the surface itself, where rounding would decide */
        float *near_screen = room(V * 16);
        ClusterBox *near_box = room(C * sizeof(ClusterBox));
        memcpy(near_screen, screen, V * 16), memcpy(near_box, box, C * sizeof(ClusterBox));
        for (int v = 0; v < V; v++) near_screen[4 * v + 2] *= 1.03f;
        for (int c = 0; c < C; c++) near_box[c].inv_depth *= 1.03f;
        const Halo halo = {.look = &look, .screen = near_screen, .vertex = vertex, .faces = faces, .triangles = F,
                           .box = near_box, .tile_start = start, .tile_list = list};
        const Frame f = {
            .params = &params, .screen = screen, .vertex = vertex, .material = material, .faces = faces,
            .face_part = part_of, .part_kind = kind, .triangles = F, .box = box, .tile_start = start,
            .tile_list = list, .corners = corners, .gamma = gamma, .row_pixels = gradient, .row_srgb = row,
            .shadow = lowest, .map_rows = map_h, .map_columns = map_w, .pixels = out, .part = part,
            .inv_depth = inv_depth, .clean = clean, .halo = round % 4 == 1 ? NULL : &halo, .seen = round % 2 ? NULL : seen};
        void *scratch = room(scratch_bytes(ss));
        draw_tiles(&f, scratch, 0, tiles);
        draw_tiles(&f, scratch, 0, tiles); /* what is clean is left as it is */
        const int large_w = 2 * width + 3, large_h = height + 5, columns = width > 1 ? large_w : 0;
        int32_t *base = room((size_t)(large_w + 7) / 8 * 4), *offset = room((size_t)large_w * 4);
        uint32_t *share = room((size_t)large_w * 4), *line = room((size_t)(width + 16) * 4), *large = room((size_t)large_w * large_h * 4);
        for (int x = 0; x < columns; x++) {
            const float place = fminf(fmaxf(((float)x + 0.5f) * (float)width / (float)large_w - 0.5f, 0.0f), (float)(width - 1));
            const int left = mini((int)place, width - 2);
            if (x % 8 == 0) base[x / 8] = left;
            offset[x] = left - base[x / 8];
            share[x] = (uint32_t)((place - (float)left) * 256.0f + 0.5f);
        }
        if (columns) enlarge(out, width, height, base, offset, share, line, large, large_w, large_h, 0, large_h);
        long covered = 0;
        for (size_t i = 0; i < pixels; i++) {
            if (part[i] < -1 || part[i] >= P || part[i] == 1 || !(inv_depth[i] >= 0.0f)) return 5;
            covered += part[i] >= 0;
            checksum = checksum * 31u + (out[i] & 255u);
        }
        if (round != 7 && round != 8 && covered == 0) return 6;
        void *all[] = {position, normal, weight, frames, moved, turned, surface, screen, vertex, material, influence, faces,
                       part_of, kind, step, bounds, box, counts, start, first, corner, list, lowest, row, inv_depth, corners, gamma, clean,
                       gradient, out, part, scratch, near_screen, near_box, box_of, dark, blur, base, offset, share, line, large,
                       shown, seen, wanted};
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]);
        printf("%lu\n", checksum);
    }
    return 0;
}
"""


def run(folder: Path, rounds: int, *flags: str) -> list[str]:
    """Compile the harness with flags, run it, and return the checksum after every round."""
    compiler = shutil.which("gcc")
    if compiler is None:
        pytest.skip("no gcc")
    source, program = folder / "harness.c", folder / "harness"
    source.write_text(HARNESS)
    built = subprocess.run(
        [compiler, "-std=c99", "-D_GNU_SOURCE", *flags, f"-I{KERNEL.parent}", str(source),
         "-o", str(program), "-lm"],
        capture_output=True, text=True,
    )  # fmt: skip
    if "cannot find" in built.stderr and "san" in built.stderr:
        pytest.skip("no sanitizers")
    assert built.returncode == 0, built.stderr
    done = subprocess.run([str(program), str(rounds)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.split()


def test_no_sanitizer_complains(tmp_path: Path) -> None:
    kinds = "-fsanitize=address,undefined,float-cast-overflow,float-divide-by-zero"
    run(tmp_path, 12, "-Og", "-g1", kinds, "-fno-sanitize-recover=all")


def test_vectors_and_plain_loops_draw_the_same(tmp_path: Path) -> None:
    """The same bits from four samples at a time, from one, and from another way of compiling."""
    vectors = run(tmp_path, 8, "-O2")
    assert len(set(vectors)) == 8
    assert run(tmp_path, 8, "-Og", "-DVISUALIZER_NO_VECTORS") == vectors
