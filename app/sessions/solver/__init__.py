"""What works out the best session and its order: whole numbers only, typed so that it can be compiled."""
