"""What one takes away from the window: pictures, films, questions, numbers, hand-outs.

::

    dialog.py     the dialog of whatever goes into a file: choices, progress, cancel
    exporting.py  making a file beside the window: progress, time left, cancel
    film.py       the dialog that saves a film
    handout.py    the dialogs that save what is printed: hand-outs, notes of lessons
    picture.py    the picture of the shown moment, into a file or the clipboard
    tables.py     the dialogs that save questions and numbers
"""
