"""When a footrest is advised, and how high it may be. Editorial."""

MIN_FOOTREST_CM = 2.0
"""A chair that is raised by less needs no footrest."""
MAX_FOOTREST_CM = 20.0
"""Tallest footrest worth recommending; above it the desk must be lowered instead."""
