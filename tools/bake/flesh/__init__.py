"""Muscles between their neighbours: volumes, surfaces, tendons, fasciae."""
