"""The search for the best session: whole numbers only, typed so that it can be compiled."""
