"""The only writer of the catalogue: checks everything, derives what follows, records what changed, all or nothing."""
