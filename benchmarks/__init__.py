"""Benchmarks: every figure of docs/performance.md as a ratio measured in one run."""
