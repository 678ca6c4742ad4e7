"""The variations to choose from, with their pictures, and the lessons.

::

    compare_menu.py    what the shown variation can be compared with, on top of a menu
    lesson_list.py     the lessons, below the variations: those that came with the program
    library.py         the list of variations, a card each with picture, name
    problem_list.py    the data files that could not be read: what is wrong with each
    thumbnails.py      small pictures of the variations
    variation_menu.py  the variations on top of their menu, with the keys 1 … 9
"""
