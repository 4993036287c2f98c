"""Downhill: people watch optimization happen on two-parameter loss surfaces."""

__version__ = "0.1.0"
