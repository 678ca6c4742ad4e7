"""What follows from a repetition: curves, evidence, comparisons, reports."""
