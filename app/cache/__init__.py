"""The representation cache: ETags, 304 and encodings, made once per serial."""
