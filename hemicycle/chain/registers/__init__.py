"""The registers of acts: how numbers are written, what was numbered, what was cancelled, certified extracts."""
