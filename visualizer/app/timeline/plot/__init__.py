"""The plot of curves over the repetition, linked to the moment shown.

::

    axis.py     an axis of the plot: round ticks as far apart as their figures need, and the unit
    canvas.py   the plot of curves over the repetition: axes with units, bands, cross-hair
    files.py    the plot into the clipboard and into files: as a picture, as a table
    items.py    what lies behind and over the curves of the plot, in pixels: phases, bands, marks
    labels.py   where the names of curves stand beside them
    picture.py  a plot as a picture for a document: title, phases, curves
    tag.py      the values of all curves at the pointer, on a small card beside it
    view.py     the plot in the window: scrubbed by press and drag, with cross-hair, zoom
"""

from visualizer.app.lean import mirrors_of_qt

# before the modules of this room, which need it
with mirrors_of_qt():
    import pyqtgraph  # noqa: F401
