"""What the data files say: variations, muscles, facts, studies, with every problem at once."""
