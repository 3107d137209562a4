"""A session as a workout for sports watches, in the FIT format. The encoder is our own, from the published protocol."""
