"""The variations to choose from, with their pictures.

::

    compare_menu.py    what the shown variation can be compared with, on top of a menu
    library.py         the list of variations: a card each, with picture, name
    thumbnails.py      small pictures of the variations
    variation_menu.py  the variations on top of their menu, with the keys 1 … 9
"""
