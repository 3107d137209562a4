"""Thoracic Mobility API: exercises, ergonomics and fitted sessions for the upper back."""
