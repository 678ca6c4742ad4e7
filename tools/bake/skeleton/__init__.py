"""Skeleton, rest pose and the landmarks on its bones."""
