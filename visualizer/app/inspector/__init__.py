"""The inspector: a muscle or the whole variation in words, with grounds; the page on method.

::

    agreement.py       how what is stated stands to what the model gives: one line
    anatomy_text.py    origin, insertion, nerve and actions
    blocks.py          what a page of the inspector is made of: blocks of labels, pairs
    change_row.py      one thing that changes: what it is about, and what it is before and after
    changes.py         what changes between the two bodies that are compared, line by line
    effort_lines.py    the estimated effort of the selected muscle now: its share with the range
    figure_axis.py     published figures on one axis: which quantity, in which exercise
    grounds.py         grounds with their badges and measurements, disagreements
    inspector.py       the inspector: the selected muscle
    length_gauge.py    where a muscle's length stands now
    length_table.py    how a muscle's length changes, phase by phase
    method.py          the page on method and limits: what is computed how, what is assumed
    muscle_page.py     the inspector's page on a muscle, tab by tab: what it does now, why
    muscle_row.py      a muscle in a list: role, name, what it does now; selects it
    studies.py         studies on a page of the inspector: folded by study, where they disagree
    study_table.py     the measurements that statements rest on, as a table in a dialog
    variation_page.py  the inspector's page on a variation, tab by tab
"""
