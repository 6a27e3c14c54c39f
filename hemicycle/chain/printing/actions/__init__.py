"""What is done to the models of documents, and the trial of an act: one verb per file."""
