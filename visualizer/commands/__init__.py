"""What each command does; :mod:`visualizer.cli` knows how they are called."""
