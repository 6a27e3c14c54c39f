"""Circuit: the visas."""
