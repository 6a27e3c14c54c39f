"""How documents are printed: their models, and whether an act can be drawn up, known before its sitting."""
