"""The only writer of the catalogue: validates everything, derives what follows, records what changed, all or nothing."""
