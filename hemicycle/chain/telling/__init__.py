"""Telling people what concerns them, once, as they chose: e-mails and digests."""
