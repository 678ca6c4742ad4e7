"""Shading, packing and writing of the body's file."""
