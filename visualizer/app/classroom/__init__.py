"""Teaching with the window: moments, presenting to an audience, asking and revealing.

::

    asked.py          a question as the class reads it: its text, the answers and
    audience.py       what the class sees: the body, large words for phase and contraction
    awake.py          keeps the screen on while something is presented; where that is not possible
    classroom.py      what a teacher does with the window: present, ask, open and copy links
    clicker.py        the keys of a talk: what clickers send
    ink.py            what is drawn on the picture by hand: strokes, the pointer, the spotlight
    ink_view.py       the ink over a picture of the body
    lessons.py        lessons in the window: the menu of those that there are
    moments.py        the shown moment as a value, and the way back: what links
    predict_panel.py  the column that asks: question, answers, what was right and why, the score
    predicting.py     asking in the window: the column with the question
    prediction.py     predict, then reveal: questions about the shown variation
    presenter.py      what the teacher sees beside the stage while presenting: notes
    screens.py        which screen shows what, and how a window comes to fill one
    show.py           presenting: two windows on one talk, on two screens or on one
    talk.py           a talk: its stops, where it is
"""
