"""A real network on real handwritten digits, measured on this very machine."""
