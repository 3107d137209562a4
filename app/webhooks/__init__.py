"""Webhooks: partners are told of changes of the catalogue, by signed messages to addresses of their own."""
