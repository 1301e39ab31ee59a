"""HTTP: routers, schemas, the mapping of errors."""
