"""Facts about the world, as data: places, states, bodies, offices, kinds of documents, sectors, groups of words."""
