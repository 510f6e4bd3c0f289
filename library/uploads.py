"""Taking a small text file from a browser, and nothing that is large."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

# In bytes, of all files of one request together.
LARGEST = 512 * 1024


class SmallFiles(FileUploadHandler):
    """Keeps at most LARGEST bytes in memory; what is longer passes by unread, and
    `was_too_large` says so."""

    was_too_large = False
    received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()
        if (self.content_length or 0) > LARGEST:
            self._too_large()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received > LARGEST:
            self._too_large()
        self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept,
            self.field_name,
            self.file_name or "",
            self.content_type or "",
            file_size,
            self.charset,
        )

    def _too_large(self) -> None:
        self.was_too_large = True
        raise SkipFile
