"""Pictures that partners upload for exercises of their own: made harmless, brought to one form, and shown."""
