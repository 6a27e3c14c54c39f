"""What the edges may read of the room."""
