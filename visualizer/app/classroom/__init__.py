"""Teaching with the window: moments, presenting to an audience, asking and revealing.

::

    asked.py          a question as the class reads it: its text, the answers and
    audience.py       what the class sees: the body, large words for phase and contraction
    awake.py          keeps the screen on while something is presented; where that is not possible
    classroom.py      what a teacher does with the window: present, ask, edit lessons
    clicker.py        the keys of a talk: what clickers send
    desk.py           a lesson on the desk: the draft, its file
    draft_ink.py      ink on the stage while a lesson is edited: drawn on the chosen stop
    editing.py        editing a lesson in the window: the column, the file
    ink.py            what is drawn on the picture by hand: strokes, the pointer, the spotlight
    ink_keys.py        ink by keys: with a tool in hand the arrows move its tip
    ink_view.py       the ink over a picture of the body
    kept_ink.py       ink as a lesson's file keeps it: in round figures
    lesson_panel.py   the column in which a lesson is edited: its title, its stops
    lessons.py        lessons in the window: the menu of those that there are
    moments.py        the shown moment as a value, and the way back: what links
    predict_panel.py  the column that asks: question, answers, what was right and why, the score
    predicting.py     asking in the window: the column with the question
    prediction.py     predict, then reveal: questions about the shown variation
    presenter.py      what the teacher sees beside the stage while presenting: notes
    question_form.py  the question of a stop: none, one that the program makes from the data
    recovery.py       what is kept of a lesson that is not saved yet
    screens.py        which screen shows what, and how a window comes to fill one
    show.py           presenting: two windows on one talk, on two screens or on one
    stop_form.py      what a stop of a lesson says beside its moment: title, notes
    stop_list.py      the stops of a lesson as a list: small pictures, titles
    stop_pictures.py  small pictures of a lesson's stops
    talk.py           a talk: its stops, where it is
"""
