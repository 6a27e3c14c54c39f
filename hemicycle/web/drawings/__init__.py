"""Pictures drawn on the server: frozen facts in, accessible markup out, no inline style (the CSP refuses it)."""
