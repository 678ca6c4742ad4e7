"""The window: the only room that knows Qt.

::

    run.py           start-up: catalogue, body, session, window; the last resort for errors
    session.py       what everybody looks at: variation, moment, selection, options
    settings.py      what is remembered between runs, folders.py  where files lie
    player.py        the clock that plays the repetition
    main_window.py   puts the zones together, actions.py  every action with its key
    commands.py      what the actions do
    stage.py  chart.py  timeline.py  transport.py  inspector.py  library.py  legend.py …  the views
    theme.py  marks.py  icons/   how it looks

Views follow :class:`visualizer.app.view.View`; they read the session, call its methods, and never
import each other.
"""

from visualizer.app.lean import free_large_blocks, import_plainly

# before the modules of this room, and all that they need, are imported
import_plainly()
free_large_blocks()
