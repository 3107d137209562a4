"""Building sessions beside the process that answers: what is to be built, and where."""
