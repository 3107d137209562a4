"""Sessions from an exact list: the exercises, doses and order that somebody prescribes."""
