# -*- coding: utf-8 -*-
"""A human body doing the hip thrust: which muscle works, in which role, how, and why.

The map
-------
::

    __main__.py   python -m visualizer
    cli.py        what can be called; arguments.py parses it   bench.py measures speed
    console.py    text for any encoding     language.py   which of a text's languages
    bootstrap.py  sets everything up on a fresh machine: installation.py, compiler.py
    system.py     display and system libraries: what is there, what is missing
    child.py      processes of our own      notices.py    what is installed, under which licences
    errors.py     every exception           resources.py  where assets/ and data/ lie
    files.py      reads what has an end, writes whole files or none
    arrays.py     what numpy has as well, at less cost
    kept.py       results that took long, kept between starts
    handover.py   one window for an account: a second start hands over and ends
    reading.py    from a data file to its records, with all that is wrong at once; writing.py back
    records.py    classes that are both what a data file may say and what the program works with
    extension.py  finds the native extensions; buffers.h and simd.h are what their sources share

    anatomy/      the body                a body of assets/bodies: skeleton, strands, surface
    lifts/        what a lift is          placement, solved motion, phases, views, joint moments
    catalog/      what the data say       variations, facts, studies; all problems of a file at once
    exercise/     one repetition          instants, contraction from muscle length, statements
    effort/       shares of the muscles   computed: least sum of activation squared
    analysis/     what follows from it    curves, plots, evidence, reports, words for codes
    render/       triangles → pixels      native kernel and its numpy reference
    scene/        what is drawn           palette, equipment, views, marks as a display list
    teaching/     what a teacher does     moments and links, lessons, questions, words explained
    export/       what one takes away     pictures, films, questions, numbers; no window needed
    texts/        the interface's words   gettext; tr() in every room above lifts/
    commands/     what each command does; soundness.py is what the self-test looks at
    app/          the window              PySide6, pyqtgraph

Dependencies point one way, checked by import-linter: ``cli → commands → app → export →
teaching → scene → analysis → effort → exercise → catalog → lifts → anatomy`` and
``scene → render``. ``render`` knows nothing of muscles; nothing below ``app`` knows Qt; only
``anatomy/skeleton.py`` (and the bake) knows mujoco.

The way of a scrub
------------------
From the mouse to the pixel in eight places, each entered once; a test walks them::

    1  app/timeline/scrub_hand.py  ScrubHand.eventFilter   the mouse's x is a time
    2  app/session/session.py      Session.seek            of many in one turn the newest
    3  exercise/repetition.py      Repetition.instant_of   the solved motion poses the skeleton
    4  app/window/view_set.py      ViewSet.show_instant    tells every view, by a signal
    5  app/stage/posed_view.py     PosedView.paintEvent    draws when something has changed
    6  app/stage/stage_pictures.py StagePictures.draw      as finely as keeps up with the hand
    7  scene/scene.py              StageScene.render       poses, colours; marks as a display list
    8  render/rasterizer.py        Rasterizer.draw         the kernel's triangles become pixels

What 7 gives back is a value, a picture and what is painted over it; 5 puts both on the screen.

The way of a statement
----------------------
``data/variations/*.toml`` → ``Catalog`` (all problems of a file at once) → ``MuscleAction`` with
role, contraction per phase, reason and grounds → beside it ``contraction.length_change`` from the
skeleton's muscle paths and the agreement of the two → inspector and ``visualizer describe``.

Shape letters
-------------
T muscle-tendon units · B bodies of the skeleton · S samples of a motion or strands · K knots of a
strand · V vertices · F faces · P parts · N frames that move vertices. World frame: x to the body's
left, y towards the head of the lying body, z up; metres and radians everywhere inside.
"""

import os

__all__ = ["__version__"]

# Read when numpy loads. The matrix products here are small; OpenBLAS's threads gain nothing on them
# and then spin for work on the cores that draw: 2.4 of 17.5 ms a frame on two cores.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
