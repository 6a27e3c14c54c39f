"""Signing: the act and its signature."""
