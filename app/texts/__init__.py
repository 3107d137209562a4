"""Texts that people read, kept as YAML under `seed/texts/<language>/`; see `app.texts.loader` for how to use them."""
