"""Parts that any view may use, which know neither the session nor the body's movement.

::

    accessible.py    what screen readers are told beyond what Qt tells by itself
    answer_button.py a button whose text may take several lines
    banner.py        a calm line at the top of the window that says what went wrong and what to do
    controls.py      small building blocks of the views: labels, hairlines, a choice of a few
    dialog.py        what all dialogs have in common: heading, a column, Close
    fields.py        fields for text whose undo belongs to a document
    fitting_row.py   a row of buttons that shows as many of them as there is room for
    focus.py         Tab goes through the window as the eye does
    geometry.py      how windows fit the screen: room without frames, first sizes
    growing_page.py  a column of blocks that is filled in slices
    hover_tag.py     the small tag that names the muscle under the mouse
    kept.py          what a widget has painted, kept, and painted anew in a turn of its own
    keys.py          what keys mean where a control has the focus, and digits on every layout
    links.py         texts with addresses that open in the browser, by mouse and by key
    marks.py         the marks of role and contraction as widgets, and painted into lanes
    pictures.py      from the renderer's pictures to Qt's, and the overlay painted with QPainter
    popover.py       a small panel over the window that goes with the first click beside it
    program_icon.py  the program's own icon, for window frames and task bars
    question.py      a question of one sentence with a button for each answer
    theme.py         how a window looks: palette, one stylesheet, sizes of type and spacing, icons
    touch.py         fingers on the stage: one turns, two zoom and shift, a tap is a click
"""
