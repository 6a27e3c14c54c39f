"""The tiers de télétransmission: acts out, acknowledgements back."""
