"""Object stores: where original bytes are kept, as files or in any S3.

Both put the SHA-256 of the content into the stored name, so every read is checked without a
database, and whoever looks into the store can check it with ordinary tools.
"""

from serve.objects.files import FileObjects
from serve.objects.s3 import S3Objects

__all__ = ["FileObjects", "S3Objects"]
