"""From a body to a desk: fit, findings, breaks and a picture of it. Computes and forgets; stores nothing."""
