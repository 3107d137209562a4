"""Full-text search: an inverted index over the catalogue, forgiving of typos and half-typed words."""
