"""The illustrations: drawings of the exercises and of the seated figure, read from committed files."""
