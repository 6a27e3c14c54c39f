"""The signatory’s certificate, its authority and the timestamping service."""
