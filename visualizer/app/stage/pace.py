"""How finely the stage is drawn while it moves, so that it keeps up with the hand."""

from __future__ import annotations

import statistics

__all__ = ["FollowedPace", "Pace", "budget_ms"]

# A screen shows 60 pictures a second. A large picture may take all of that time; one of a small
# window has to leave some to the timeline and the other views beside it.
_SMALL_MP, _SMALL_MS = 1.0, 11.0
_LARGE_MP, _LARGE_MS = 2.0, 16.0
# A frame of two bodies may take so many times as long: then there are 30 a second with all that
# else a moment costs, the two poses, the timeline and the other views.
_OF_TWO = 1.5
# The last is for hopeless cases only: there is not much left to see.
_SCALES = (1.0, 0.75, 0.5, 0.35)
_COARSEST = 2
# Judged is the median of so many frames: a late one now and then says nothing.
_JUDGED = 7
_HEADROOM = 0.8
# A coarser picture that does not spare at least this share of the time is not worth its looks.
_LEAST_GAIN = 0.08
# Without the compiled kernel a frame takes a hundred times as long: no need to try step by step.
_HOPELESS = 40.0


def budget_ms(width_px: int, height_px: int) -> float:
    """Return what a frame of this size may take, milliseconds."""
    share = (width_px * height_px / 1e6 - _SMALL_MP) / (_LARGE_MP - _SMALL_MP)
    return _SMALL_MS + (_LARGE_MS - _SMALL_MS) * min(max(share, 0.0), 1.0)


class Pace:
    """Chooses the internal resolution from how long the last frames took."""

    def __init__(self) -> None:
        self._size, self._bodies = (0, 0), 1
        self._budget_ms = _LARGE_MS
        self._step = 0
        self._hopeless = 0
        self._took_ms: list[float] = []
        self._frame_ms: float | None = None  # of a frame that a second body may still add to
        # the steps that are worth taking; from which step it went down, and its quickest frame
        self._coarsest = _COARSEST
        self._before: tuple[int, float] | None = None

    def resized(self, width_px: int, height_px: int) -> None:
        """Learn that the picture has another size: what coarser ones spare is open again."""
        self._size = width_px, height_px
        longer = 1.0 if self._bodies == 1 else _OF_TWO
        self._budget_ms = longer * budget_ms(self._bodies * width_px, height_px)
        self._coarsest = _COARSEST
        self._go(self._step)

    def shows(self, bodies: int) -> None:
        """Learn how many bodies a frame holds: two may take longer.

        Below 30 frames a second a movement falls apart; that is the bound for two.
        """
        self._bodies, self._frame_ms = bodies, None
        self.resized(*self._size)

    @property
    def scale(self) -> float:
        """Share of the full resolution, along a side."""
        return _SCALES[self._step]

    def drawn(self, took_ms: float) -> None:
        """Learn that a frame at the present scale took so long, in milliseconds.

        Of two bodies it is what the first one took, with the wait for the second one's picture;
        what painting that takes comes later in the same turn, see :meth:`also`.
        """
        whole_ms: float | None = took_ms
        if self._bodies > 1:  # the one before has come to its end
            whole_ms, self._frame_ms = self._frame_ms, took_ms
        if whole_ms is not None:
            self._judge(whole_ms)

    def also(self, took_ms: float) -> None:
        """Learn that the frame whose first body was drawn last took so much longer."""
        if self._frame_ms is not None:
            self._frame_ms += took_ms

    def _judge(self, took_ms: float) -> None:
        if took_ms > self._budget_ms * _HOPELESS:
            # once may be a hiccup
            self._hopeless += 1
            if self._hopeless > 1:
                self._go(len(_SCALES) - 1)
            return
        self._hopeless = 0
        self._took_ms.append(took_ms)
        if len(self._took_ms) < _JUDGED:
            return
        usual_ms = statistics.median(self._took_ms)
        # the quickest tells what the work costs where something else keeps the machine busy, too
        least_ms = min(self._took_ms)
        self._took_ms.clear()
        if usual_ms > self._budget_ms:
            # what a step spared is told by the judgement after it; later the scene may differ
            before, self._before = self._before, None
            spared = before is None or least_ms <= before[1] * (1.0 - _LEAST_GAIN)
            if self._step < self._coarsest:
                # a small step may spare less time than timing noise hides: then one more
                self._go(self._step + 1, (self._step, least_ms) if spared else before)
            elif before is not None and not spared:
                # what is left to do does not depend on the resolution: go back, and stay there
                self._coarsest = before[0]
                self._go(self._coarsest)
            return
        self._before = None
        if self._step > 0:
            finer = usual_ms * (_SCALES[self._step - 1] / self.scale) ** 2
            if finer < self._budget_ms * _HEADROOM:
                self._go(self._step - 1)

    def _go(self, step: int, before: tuple[int, float] | None = None) -> None:
        if step != self._step:
            self._frame_ms = None  # it was drawn at another scale
        self._step, self._before = step, before
        self._took_ms.clear()


class FollowedPace(Pace):
    """Another body's pace: a frame holds both, so its time counts with the first one's."""

    def __init__(self, followed: Pace) -> None:
        super().__init__()
        self._followed = followed

    @property
    def scale(self) -> float:
        """Share of the full resolution, along a side."""
        return self._followed.scale

    def drawn(self, took_ms: float) -> None:
        """Learn what painting the picture took that was drawn beside the first one's."""
        self._followed.also(took_ms)
