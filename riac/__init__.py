"""The domain: scans, evidence and decisions. No web, no database, no torch."""
