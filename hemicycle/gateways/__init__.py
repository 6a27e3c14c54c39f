"""Network clients, one package per outside system."""
