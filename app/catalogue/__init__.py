"""The catalogue: stored and public shapes of exercises, guidelines, references and routines, and how they are found."""
