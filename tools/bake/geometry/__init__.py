"""Grids and triangle meshes."""
