"""Hand-outs: a session or routine on paper, as PDF and as a page to print."""
