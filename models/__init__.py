"""Released networks and descriptors: registry, sessions, the one preprocessing."""
