"""From a request to the integer problem that the solver takes."""
