"""The outside systems: how each is set, whether it works, what was exchanged with it, the certificates in use."""
