"""Why a session is as it is, and why a request cannot be met, in sentences."""
