"""The rules as data, by subject. A value is never written elsewhere."""
