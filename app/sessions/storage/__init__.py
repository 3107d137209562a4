"""Keeping built sessions and finding them again."""
