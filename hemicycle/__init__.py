"""Hémicycle: the decisions of a French département, from the first draft to the archive."""
