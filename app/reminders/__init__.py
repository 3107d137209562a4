"""Reminders: a working day becomes breaks, as a list or as a calendar. The link holds all; nothing is stored."""
