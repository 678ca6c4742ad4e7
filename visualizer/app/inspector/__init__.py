"""The inspector: a muscle or the whole variation in words, with grounds; the page on method.

::

    agreement.py     how what is stated stands to what the model gives: one line
    anatomy_text.py  origin, insertion, nerve and actions
    grounds.py       grounds with their badges and measurements, disagreements
    inspector.py     the inspector: the selected muscle
    length_table.py  how a muscle's length changes, phase by phase
    method.py        the page on method and limits: what is computed how, what is assumed
    muscle_row.py    a muscle in a list: role, name, what it does now; selects it
    study_table.py   the measurements that statements rest on, as a table in a dialog
"""
