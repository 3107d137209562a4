"""Measurements of the service: builder, search, HTTP; and what proves how good a session is."""
