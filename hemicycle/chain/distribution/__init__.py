"""Distribution: the direction and its partners."""
