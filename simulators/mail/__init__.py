"""A mail server that keeps every letter and delivers none, with a page to read them."""
