"""The architectures of learned parts; PyTorch, without data and without training."""
