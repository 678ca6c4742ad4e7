"""The body on the stage, and the chart of the standing body.

::

    body_view.py       what stage and chart have in common
    chart.py           the muscle chart: the standing body from the front and from behind
    legend.py          the legend on the stage: what the colours, letters and marks mean
    orbit.py           the stage's camera
    pace.py            how finely the stage is drawn while it moves
    stage.py           the stage: the posed body, which the mouse turns, names and selects
    stage_bar.py       the quiet row on the stage: the views, x-ray, labels
    stage_corners.py   what lies on the stage: a row along its top
    stage_pictures.py  the stage's pictures, drawn as finely as keeps up with the hand
    turned_view.py     a body view that the hand turns, shifts and zooms: by mouse, keys
    viewport.py        how large the stage is, how dense its pixels are
"""
