"""Answers computed from surfaces and paths: anatomy of an update, cuts, ways down."""
