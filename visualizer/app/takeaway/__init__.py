"""What one takes away from the window: pictures, films, questions, numbers, hand-outs.

::

    dialog.py         the dialog of whatever goes into a file: what is chosen, where to
    drag.py           the shown picture, dragged out of the stage
    exporting.py      making a file beside the window: how far it has come, how long it will take
    film.py           the dialog that saves a film of the shown variation
    handout.py        the dialogs of what is printed: the hand-out of a variation
    picture.py        the picture of the shown moment, into a file or the clipboard
    print_preview.py  the pages of a document as they will be printed, and the printing itself
    tables.py         the dialogs that save questions and numbers about the shown variation
"""
