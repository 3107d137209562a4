"""The order of selected exercises: least transition, equal loads apart. Exact, whole numbers."""
