"""The text tree of reports and deliberations: reading, writing, comparing."""
