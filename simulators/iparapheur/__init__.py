"""An i-Parapheur 5, simulated: the standard API v1, and the page where its people sign and reject."""
