"""Pages for people: records of the catalogue as small HTML, without scripts, to read, to print and to share."""
