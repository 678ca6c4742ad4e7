"""What is authored about each muscle."""
