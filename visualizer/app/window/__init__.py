"""The main window: its frame, its commands and the list of its views.

::

    about.py            what this is, and under which licences it and all its parts stand
    actions.py          menus, shortcuts and Qt's actions, made of the records of the commands
    command.py          a command of the window as one record: its place in the menus, its keys
    commands.py         every command of the window, each a record
    context_menu.py     what can be done with what lies under the mouse, or has the focus
    dialogs.py          the few dialogs: keyboard shortcuts, the user's data folder
    export_commands.py  the commands that save and copy: picture, film, questions, numbers
    finder.py           find a muscle by its name, or from A to Z
    help.py             help: the first minute, the glossary
    key_page.py         the page on which keys are changed
    keymap.py           which keys a command has: the usual ones, or those chosen instead
    lesson_commands.py  the commands with which a lesson is made and changed
    main_window.py      the window: puts the zones together, gives the keys to the session
    opening.py          opens what the program was given: links, lessons, files of variations
    panels.py           which panels are shown: what the user wants
    shortcuts.py        the list of keys, and of what the mouse does: made of the commands
    top_bar.py          the row at the top: which variation, which side, which theme
    tour.py             the tour: five steps beside what they are about
    view.py             what a view of the window is: what it can be asked
    view_set.py         the views of one window
    views.py            the views of the main window, each a record: what is built, where it stands
    zones.py            where the views of the window stand: splitters, their sizes
"""
