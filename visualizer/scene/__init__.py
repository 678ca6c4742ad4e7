"""What is drawn at a moment: the body, its colours and marks, the equipment, the view of it."""
