"""One action per file, named by its verb."""
