"""What changed, in order: one locked counter, a row for each record that changed, tombstones for what is gone."""
