"""Reminders of a working day: when to take a break, as a list and as a calendar. Nothing is stored."""
