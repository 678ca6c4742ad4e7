"""How finely the stage is drawn while it moves, so that it keeps up with the hand."""

from __future__ import annotations

__all__ = ["BUDGET_MS", "Pace"]

BUDGET_MS = 16.0
_SCALES = (1.0, 0.75, 0.5, 0.35)
# A frame now and then may be late; two in a row mean that the machine cannot do it.
_LATE_FRAMES = 2
_HEADROOM = 0.8
# A coarser picture that does not spare at least this share of the time is not worth its looks.
_LEAST_GAIN = 0.12
# Without the compiled kernel a frame takes a hundred times as long: no need to try step by step.
_HOPELESS = 40.0


class Pace:
    """Chooses the internal resolution from how long the last frames took."""

    def __init__(self) -> None:
        self._step = 0
        self._late = 0
        # the steps that are worth taking, and what a frame took before the last step down
        self._coarsest = len(_SCALES) - 1
        self._before_ms: float | None = None

    def resized(self) -> None:
        """Learn that the picture has another size: what coarser ones spare is open again."""
        self._coarsest, self._before_ms = len(_SCALES) - 1, None

    @property
    def scale(self) -> float:
        """Share of the full resolution, along a side."""
        return _SCALES[self._step]

    def drawn(self, took_ms: float) -> None:
        """Learn that a frame at the present scale took so long, in milliseconds."""
        if took_ms > BUDGET_MS * _HOPELESS:
            self._step, self._late = len(_SCALES) - 1, 0
            self._before_ms = None
            return
        if took_ms > BUDGET_MS:
            self._late += 1
            if self._late < _LATE_FRAMES:
                return
            self._late = 0
            if self._before_ms is not None and took_ms > self._before_ms * (1.0 - _LEAST_GAIN):
                # what is left to do does not depend on the resolution: go back, and stay there
                self._step -= 1
                self._coarsest, self._before_ms = self._step, None
            elif self._step < self._coarsest:
                self._step, self._before_ms = self._step + 1, took_ms
            return
        self._late = 0
        if self._step > 0:
            finer = took_ms * (_SCALES[self._step - 1] / self.scale) ** 2
            if finer < BUDGET_MS * _HEADROOM:
                self._step, self._before_ms = self._step - 1, None
