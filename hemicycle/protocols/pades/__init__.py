"""PAdES signatures of PDF."""
