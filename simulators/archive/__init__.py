"""A SAE speaking Vitam's ingest API."""
