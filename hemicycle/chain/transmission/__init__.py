"""Transmission to the contrôle de légalité."""
