"""Questions for teaching systems, one file per format, all of the same questions.

``sheet`` makes the questions with their pictures and knows nothing of files; ``moodle``, ``gift``,
``qti`` and ``anki`` each write one kind of file, and ``formats`` knows them all; ``zipped`` packs
files so that the same content gives the same bytes.
"""
