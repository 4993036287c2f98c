"""Surfaces: one line of mathematics each, from which everything else is derived."""
