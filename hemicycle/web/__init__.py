"""Pages: one module per room."""
