"""The order of the chosen exercises: shortest path through positions, equal loads kept apart. Whole numbers only."""
