"""What networks learn from: made by the simulator, or read from folders of scans."""
