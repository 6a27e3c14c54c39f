"""The open-data CSV of deliberations."""
