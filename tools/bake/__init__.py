"""The developer command that generates the body: ``python -m tools.bake``.

Run it in a checkout with the ``bake`` extra; nothing of it is installed or imported at run time.
Its rooms are its stages, and each knows only those before it::

    source/     the open musculoskeletal model, and the bones of our own arms
    skeleton/   skeleton.xml, the rest pose, landmarks measured on the bones
    strands/    centre lines as knots that move with the skeleton
    flesh/      the volumes, surfaces, tendons and fasciae of the muscles
    covering/   what is not muscle: bones, capsules, neck, and the skin of head, hand and foot
    asset/      shading, packing and writing of body.npz

``muscles/`` holds what is authored about each muscle, between strands and flesh; ``geometry/``
knows grids and meshes only. ``pipeline.py`` runs the stages.
"""
