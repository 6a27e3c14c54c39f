"""The préfecture's letters about an act, and what is answered."""
