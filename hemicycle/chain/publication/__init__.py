"""Publication online."""
