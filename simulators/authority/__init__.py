"""A certification authority with OCSP, CRL and RFC 3161 timestamps."""
