"""Reckon: pure functions from tables to numbers. No screen, no file, no answers."""
