"""The thing that travels: stages, versions, attachments, comments, journal."""
