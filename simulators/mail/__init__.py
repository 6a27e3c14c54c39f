"""A mail sink with a page to read what arrived."""
