"""The editor of the catalogue over HTTP: edits with preconditions, and the audit trail of them."""
