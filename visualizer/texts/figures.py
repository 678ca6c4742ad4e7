"""Numbers as people read them: the language's decimal sign, a real minus sign, none on zero.

One place for window, pictures and reports. What programs read (JSON, fixed tables) is not written
here.
"""

from __future__ import annotations

from visualizer.texts import localised

__all__ = ["MINUS", "figure", "number", "percent_change", "seconds", "signed"]

MINUS = "\N{MINUS SIGN}"


def figure(value: float, unit: str = "", digits: int = 0) -> str:
    """Return a number with so many decimals, e.g. ``2.9 Nm/kg``.

    Parameters
    ----------
    value : float
        The number.
    unit : str
        What follows it, with the space before it where it has one.
    digits : int
        How many decimals.
    """
    text = f"{value:.{digits}f}"
    if not float(text):
        text = text.lstrip("-")
    return localised(text.replace("-", MINUS)) + unit


def number(value: float) -> str:
    """Return a number as it stands in a table: no needless digits, e.g. ``0.25``."""
    return localised(f"{value:.6g}".replace("-", MINUS))


def signed(value: float, unit: str = "") -> str:
    """Return a change with its sign, e.g. ``+38``; no sign for what rounds to zero."""
    text = figure(value, unit)
    return f"+{text}" if round(value) > 0 else text


def percent_change(value: float) -> str:
    """Return a change in per cent with its sign, e.g. ``+38 %``."""
    return signed(value, " %")


def seconds(value: float) -> str:
    """Return a duration, e.g. ``0.5 s``."""
    return f"{number(value)} s"
