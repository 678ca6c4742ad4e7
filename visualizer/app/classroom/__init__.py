"""Teaching with the window: moments, presenting to an audience.

::

    audience.py   what the class sees: the body, large words for phase and contraction
    awake.py      keeps the screen on while something is presented; where that is not possible
    clicker.py    the keys of a talk: what clickers send, and the few that a teacher needs besides
    ink.py        what is drawn on the picture by hand: strokes, the pointer, the spotlight
    ink_view.py   the ink over a picture of the body; on the teacher's stage it can be drawn on
    moments.py    the shown moment as a value, and the way back: what links
    presenter.py  what the teacher sees beside the stage while presenting: notes, what comes next
    screens.py    which screen shows what, and how a window comes to fill one
    show.py       presenting: two windows on one talk, on two screens or on one
    talk.py       a talk: its stops, where it is
"""
