"""A remote signing service, simulated: the protocol of the Cloud Signature Consortium, API v2."""
