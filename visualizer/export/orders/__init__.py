"""What is to be put into a file, as plain data, and the process of its own that does it.

Films and documents keep two processors busy for seconds, and in a thread they would share the
interpreter's lock with the window. So the window writes down what it wants and lets a process do
it that steps back behind everything else.

::

    order.py      what an order is, and the desk at which it is carried out
    both.py       the two bodies of a comparison
    documents.py films.py pictures.py tables.py   the orders
    beside.py     starts a process for an order, hears how far it is, ends it
    process.py    that process
"""
