"""The rules of the assembly as dated data, and the legal clock."""
