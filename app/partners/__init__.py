"""Partners: their keys, what each may do and how much, and how much anybody may do. It knows no exercises."""
