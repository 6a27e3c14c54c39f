"""Measures, each beside a physical limit or a bare equivalent, as ratios: `make bench` prints them."""
