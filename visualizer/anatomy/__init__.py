"""The body: muscles, skeleton, strands and surfaces. Knows nothing of exercises, pixels or Qt."""
