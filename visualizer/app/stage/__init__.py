"""The body on the stage, and the chart of the standing body.

::

    body_name.py       whose body it is: a name at the top of a picture, for the eye alone
    body_view.py       what stage and chart have in common
    chart.py           the muscle chart: the standing body from the front and from behind
    explained.py       what explains colours and marks of one body or two, for window and audience
    legend.py          the legend on the stage: what the colours, letters and marks mean
    orbit.py           the stage's camera
    outline.py         the second body of a comparison as an outline over the first one
    pace.py            how finely the stage is drawn while it moves
    pair.py            the stage with one body, or with two that are compared: side by side
    posed_view.py      the posed body, which the mouse turns, names and selects
    second.py          the second body of a comparison beside the first: one camera
    sharpening.py      the picture at rest, drawn in pieces: between them the window answers
    stage.py           the stage: a posed body with a camera of its own, which goes where a view
    stage_bar.py       the quiet row on the stage: the views, x-ray, labels
    stage_corners.py   what lies on the stage: a row along its top
    stage_pictures.py  the stage's pictures, drawn as finely as keeps up with the hand
    turned_view.py     a body view that the hand turns, shifts and zooms: by mouse, keys
    viewport.py        how large the stage is, how dense its pixels are
"""
