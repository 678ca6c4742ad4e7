"""The timeline: transport, phases, curves and the lanes of the working muscles.

::

    curve_key.py    the key of the curves: chooser, load, names with their lines and values
    lane_bars.py    the lanes of the working muscles: a bar per phase
    lane_names.py   the names left of the timeline's lanes
    lanes.py        what a working muscle's lane on the timeline shows, and how its bars are drawn
    load_panel.py   the small panel that asks for the load: bar, body mass, band
    load_slider.py  a slider beside a field of the load: quicker than typing
    loop_mark.py    how the marked range is shown on the timeline: a bar over it
    loop_menu.py    what a context menu of the timeline offers: go to a moment, loop from or to it
    phase_row.py    the row above the timeline: the phases with their durations
    scrub_hand.py   the hand on the timeline
    scrubber.py     the timeline for keys and screen readers
    tempo_panel.py  the small panel that asks for the tempo: seconds of each part
    time_window.py  which piece of the repetition the timeline shows: phases
    timeline.py     the timeline: phases, curves and one lane per working muscle
    transport.py    the row between stage and timeline: play, step, loop, speed
"""
