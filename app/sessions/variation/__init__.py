"""Other sessions for the same request."""
