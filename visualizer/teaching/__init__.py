"""What a teacher prepares and asks: moments and links, lessons, predictions, words explained."""
