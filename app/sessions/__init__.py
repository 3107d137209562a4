"""Building a session: request, eligibility, problem, search, order, timeline, explanation; and keeping it."""
