"""@CTES, the télétransmission of acts to the contrôle de légalité."""
