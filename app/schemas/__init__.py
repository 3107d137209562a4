"""Public JSON shapes that several packages share: exercises, guidelines, references, routines, sessions. No logic."""
