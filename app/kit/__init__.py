"""What any service needs and that knows nothing of exercises."""
