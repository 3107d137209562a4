"""The order of the selected exercises: least seconds of transition, equal loads apart. Exact, in whole numbers."""
