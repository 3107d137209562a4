"""Screening and self-tests over HTTP: answers come in, advice goes out, nothing is kept."""
