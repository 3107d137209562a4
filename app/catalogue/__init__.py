"""The catalogue: its tables, the snapshot in memory, filters, search, and the routes that read it."""
