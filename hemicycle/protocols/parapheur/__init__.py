"""i-Parapheur 5: the folders of its standard API, described in PREMIS 3."""
