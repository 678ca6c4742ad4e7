"""The window. Views show the session and never import each other."""
