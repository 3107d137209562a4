"""Fits a workstation to a body, assesses an existing one, and draws it. Stores nothing."""
