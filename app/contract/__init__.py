"""The documents of the contract as they are committed, with the examples that the service itself answers."""
