"""The life of a passage: declared, scanned, judged, decided, looked at by an analyst, closed."""
