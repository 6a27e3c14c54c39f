"""The electronic archiving system (SAE), reached through Vitam's ingest API."""
