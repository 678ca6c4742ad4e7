"""One repetition of a variation: its instants, its statements, contraction from length."""
