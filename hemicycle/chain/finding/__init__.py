"""Finding and following: search, filters, trays, where dossiers wait."""
