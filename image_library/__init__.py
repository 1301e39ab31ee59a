"""Standard images: catalogue, FAISS index, snapshots, search."""
