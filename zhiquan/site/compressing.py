"""Pages, styles and scripts go out compressed to whoever takes gzip: a third of the bytes on a slow line."""

from __future__ import annotations

import gzip
import io
import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.utils.cache import patch_vary_headers

#: Only what a page is made of. Exports are left alone: they are resumed by their byte positions.
KINDS = frozenset({"text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml"})
#: Shorter ones gain nothing; files longer than that are no parts of our pages.
LEAST, MOST = 1_000, 2_000_000
#: Fast: half a millisecond for a page; the next levels save a tenth more. Files are compressed once.
QUICK, SMALL = 2, 9
#: A name of random length in the head of the stream hides by how much a guess shortened a page (the BREACH attack).
PADDING = 100


class CompressionMiddleware:
    """Stands outside all others but sees no streams, parts of files or answers that carry an encoding already."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._files: dict[tuple[str, str], bytes] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        kind = response.headers.get("Content-Type", "").split(";")[0]
        if kind not in KINDS or response.status_code == 304 or response.has_header("Content-Encoding"):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        wanted = "gzip" in request.headers.get("Accept-Encoding", "") and request.method == "GET"
        if not wanted or response.status_code == 206:
            return response
        if isinstance(response, HttpResponse):
            return self._page(response)
        return self._file(request, response) if isinstance(response, StreamingHttpResponse) else response

    def _page(self, response: HttpResponse) -> HttpResponse:
        if len(response.content) >= LEAST:
            response.content = _packed(response.content, QUICK, "x" * (1 + secrets.randbelow(PADDING)))
            _relabel(response, len(response.content))
        return response

    def _file(self, request: HttpRequest, response: StreamingHttpResponse) -> HttpResponseBase:
        """A file of ours, as WhiteNoise gives it out: with its day and its length."""
        day, length = response.headers.get("Last-Modified", ""), response.headers.get("Content-Length", "")
        if not day or not length.isdecimal() or not LEAST <= int(length) <= MOST:
            return response
        key = (request.path, day)
        if key not in self._files:
            content = b"".join(response)
            self._files[key] = _packed(content, SMALL, "")
        response.close()
        packed = HttpResponse(self._files[key], status=response.status_code, headers=dict(response.headers))
        _relabel(packed, len(packed.content))
        return packed


def _packed(content: bytes, level: int, name: str) -> bytes:
    out = io.BytesIO()
    with gzip.GzipFile(filename=name, mode="wb", compresslevel=level, fileobj=out, mtime=0) as file:
        file.write(content)
    return out.getvalue()


def _relabel(response: HttpResponse, length: int) -> None:
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(length)
    # The tag was that of other bytes; a file's day is enough to ask again by.
    response.headers.pop("ETag", None)
