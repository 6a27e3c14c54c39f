"""The antivirus, a clamd reached over TCP or a local socket."""
