"""Answers computed from surfaces and paths: updates taken apart, cuts, many seeds."""
