"""Random recurrence rules through the product, dateutil and libical: three engines that share no line of code."""
