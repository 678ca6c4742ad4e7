"""The inspector: a muscle or the whole variation in words, with grounds; the page on method.

::

    agreement.py     how what is stated stands to what the model gives: one line
    anatomy_text.py  origin, insertion, nerve and actions
    blocks.py        what a page is made of: labels, pairs, lists of muscles
    grounds.py       grounds with their badges and measurements, disagreements
    inspector.py     the inspector: the selected muscle or the variation, in tabs
    length_gauge.py  where a muscle's length stands now
    length_table.py  how a muscle's length changes, phase by phase
    method.py        the page on method and limits: what is computed how, what is assumed
    muscle_page.py   the tabs about a muscle
    muscle_row.py    a muscle in a list: role, name, what it does now; selects it
    studies.py       studies folded by study, where they disagree, in full
    study_table.py   the measurements that statements rest on, as a table in a dialog
    variation_page.py  the tabs about the variation
"""
