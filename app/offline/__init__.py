"""What an app needs to work without a network: the whole catalogue as one document."""
