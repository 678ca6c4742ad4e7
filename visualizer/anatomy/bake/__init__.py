"""The developer command that generates ``assets/``: ``python -m visualizer.anatomy.bake``.

Needs the ``bake`` extra; nothing here is imported at run time.
"""
