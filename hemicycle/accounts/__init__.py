"""People, units, mandates, delegations: who may act for whom."""
