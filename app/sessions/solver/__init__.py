"""The solver: which exercises, with which doses. Whole numbers only; the image compiles it."""
