"""Triangles to pixels on the processor: no OpenGL, no Qt, no anatomy.

::

    Mesh        triangles bound to frames, grouped into parts      mesh.py
    Materials   how every part looks                               material.py
    Camera      from where                                         camera.py
    Backdrop    gradient, inks and lights behind and on the body   backdrop.py
    Shadow      soft shadow on the floor                           shadow.py
    Selection   triangles that earlier pictures showed             selection.py
    Rasterizer  skin, shadow, draw -> Picture                      rasterizer.py
    Picture     pixels, part ids, depth                            picture.py
    Begun ...   a picture that is drawn piece by piece             begun.py
    Riders ...  what a picture shows at single places              places.py

A frame is made in three calls: ``skin`` poses the mesh, ``shadow`` looks at it from above,
``draw`` makes the picture; ``begin`` leaves it to be drawn when there is time. ``frame.py`` gathers
what a picture needs; ``native.py`` hands it to the C sources in ``native/`` (``kernel.c`` is their
map); ``reference.py``, with ``coverage.py``, ``shading.py``, ``halo_reference.py`` and
``floor.py``, does the same in numpy: slow, readable, the oracle of the tests. ``contract.py`` and
``native/contract.h`` say the same of the records and numbers that both sides share; ``kernel.py``
is what either must offer.
"""

from __future__ import annotations

from visualizer.render.backdrop import Backdrop, Light
from visualizer.render.begun import BegunPicture
from visualizer.render.camera import Camera
from visualizer.render.halo import Halo, HaloLook
from visualizer.render.material import Materials, Pattern
from visualizer.render.mesh import Mesh
from visualizer.render.picture import Picture, halved
from visualizer.render.rasterizer import Rasterizer
from visualizer.render.selection import Selection
from visualizer.render.shadow import Shadow

__all__ = [
    "Backdrop",
    "BegunPicture",
    "Camera",
    "Halo",
    "HaloLook",
    "Light",
    "Materials",
    "Mesh",
    "Pattern",
    "Picture",
    "Rasterizer",
    "Selection",
    "Shadow",
    "halved",
]
