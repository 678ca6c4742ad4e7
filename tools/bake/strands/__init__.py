"""Centre lines of the muscles."""
