"""What a legend says of the sign of doubt: only where the picture bears it.

Roles, contractions and the look of what nothing is stated of are explained whether or not a moment
shows them, so that a legend keeps still. So does this sign in whatever moves, where it is explained
for the whole repetition; a picture that stands still explains it for its own moment. Either way it
counts who is shown alone, and whether the badges are large enough to bear it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from visualizer.analysis.dispute import DISPUTED_SIGN, disputed_roles
from visualizer.catalog.variation import Role
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Camera
from visualizer.scene.request import RenderRequest
from visualizer.scene.sizes import MarkSizes
from visualizer.texts import tr

__all__ = ["doubt_signs", "explained", "signs_of"]

_Signs = tuple[tuple[str, str], ...]


def doubt_signs(roles: Iterable[Role], sizes: MarkSizes | None = None) -> _Signs:
    """Return the sign with what it means in few words, for a legend; none where it stands nowhere.

    Parameters
    ----------
    roles : iterable of Role
        On whose badges it would stand, see :func:`visualizer.analysis.dispute.disputed_roles`.
    sizes : MarkSizes, optional
        How large the badges are; without it the sign stands elsewhere, too.
    """
    borne = any(sizes is None or sizes.sign_px(role) is not None for role in roles)
    return ((DISPUTED_SIGN, tr("length does not fit")),) if borne else ()


def signs_of(
    request: RenderRequest, repetition: Repetition, phases: Collection[PhaseId] | None = None
) -> _Signs:
    """Return the sign with what it means where a picture bears it, none where it does not.

    Parameters
    ----------
    request : RenderRequest
        What is drawn.
    repetition : Repetition
        What it is of.
    phases : collection of PhaseId, optional
        Those that are shown one after the other; that of the request's moment by default.
    """
    options, layers, camera = request.options, request.layers, request.camera
    if request.chart or not layers.marks or options.channel is not None:
        return ()
    focused = None
    if options.focus is not None:
        focused = repetition.catalog.surface_set(options.focus)
    roles = disputed_roles(repetition, phases or {request.instant.phase}, options.only, focused)
    high, least_px = request.size[1], layers.least_letter_px
    if isinstance(camera, Camera):
        sizes = MarkSizes.of(high, camera.height_m, least_px)
    else:  # a named view shows a body that lies as large as marks are made for
        sizes = MarkSizes.of(high, least_letter_px=least_px)
    return doubt_signs(roles, sizes)


def explained(request: RenderRequest, signs: _Signs) -> RenderRequest:
    """Return a request whose legend explains these signs, whatever the picture itself bears."""
    room = request.layers.legend and replace(request.layers.legend, signs=signs)
    return replace(request, layers=replace(request.layers, legend=room))
