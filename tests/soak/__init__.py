"""Many windows on one dashboard, all day long: what they do at random, and a plain model of what must be stored then."""
