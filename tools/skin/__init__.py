"""The developer command that generates the skin: ``python -m tools.skin``.

Run it in a checkout with the ``bake`` extra, after a bake of the body that changed its outline; it
takes about 20 seconds. It is a bake of its own, because the body is baked far more often than
the outline changes: the skin lies a few millimetres and more outside the flesh and is smoothed, so
small changes of muscles leave it valid. A test measures whether it still fits and names this
command when not.

``envelope.py`` closes the flesh of trunk and limbs, adds the thickness of fat and skin and makes
one calm surface of it; ``binding.py`` ties that to the bones so that it follows the flesh in many
poses. Neither thickness nor shape is measured on anybody: the skin is an outline to look at.
"""
