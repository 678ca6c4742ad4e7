"""What is done with the body: variations, their motion, and the contraction that follows."""
