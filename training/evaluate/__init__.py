"""The benchmark on a folder of scans."""
