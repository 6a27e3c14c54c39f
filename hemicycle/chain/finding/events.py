"""What can have happened in the room."""
