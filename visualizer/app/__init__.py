"""The window: the only room that knows Qt.

::

    run.py        start-up: catalogue, body, session, window; the last resort for errors
    window/       the main window: its frame, its commands, the list of its views
    classroom/    presenting to an audience, moments
    stage/        the body, and the muscle chart        timeline/   phases, curves, lanes, transport
    inspector/    muscle or variation in words          library/    the variations to choose from
    session/      what everybody looks at, what is remembered, work beside the window
    widgets/      parts that know neither session nor body; icons/
    folders.py    where the user's files lie            languages.py   which language is spoken
    crash_log.py  how a process died, for the next start
    lean.py       keeps the process small               heartbeat.py   how long the loop is away
    benchmark.py  the window's half of ``visualizer bench``

Each room may use those below it: window, then classroom, then stage, timeline, inspector and
library, which do not know each other, then session, then widgets; import-linter checks it. Views
follow :class:`visualizer.app.window.view.View`; they read the session, call its methods, and never
import each other.
"""

from visualizer.app.lean import collect_seldom, free_large_blocks, import_plainly

# before the modules of this room, and all that they need, are imported
import_plainly()
free_large_blocks()
collect_seldom()
