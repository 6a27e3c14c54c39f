"""SEDA packages for the archive."""
