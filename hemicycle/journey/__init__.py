"""A whole affair played through the same actions as the site, against the simulators."""
