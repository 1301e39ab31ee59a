"""The service: command line, API, store, jobs, webhooks."""
