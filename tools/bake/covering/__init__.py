"""What is not muscle: bones, capsules, neck, and the skin of head, hand and foot."""
