"""The session to the second: its events, and what is said in each."""
