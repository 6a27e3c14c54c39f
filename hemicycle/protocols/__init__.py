"""Protocol libraries: bytes in, bytes out."""
