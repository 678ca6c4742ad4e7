"""Pictures to files; needs no window and no Qt."""
