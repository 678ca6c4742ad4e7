"""What everybody in the window looks at, what is kept of it, and the work beside the window.

::

    announcer.py   what is said aloud of what changes: a phase begins, a muscle is selected
    choices.py     small choices of the user that the session keeps
    chooser.py     choosing a variation or a side without a pause
    companion.py   the second body of a comparison: a session of its own that follows the window's
    comparing.py   comparing the shown body with a second one
    estimating.py  the estimate of effort, computed beside the window whenever it is to be seen
    following.py   texts and curves follow a slider, but not in each of its steps
    looping.py     marking the range that is played again and again
    newest.py      of several choices the newest counts
    player.py      the clock that plays the repetition
    pointing.py    what the hand points at: the muscle under a resting mouse
    scenes.py      scenes of repetitions, made when first drawn and shared by the views
    session.py     what everybody in the window looks at
    settings.py    what the window remembers between runs, as a JSON file
    spoken.py      what a screen reader says of the moment: in words
    state.py       what the user has chosen, as one record
    worker.py      work beside the window: jobs on one thread of their own
"""
