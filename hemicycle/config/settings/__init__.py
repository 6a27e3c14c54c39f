"""Settings by kind of installation."""
