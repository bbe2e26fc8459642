"""Uploads: their size is looked at before a byte is read, their bytes go straight into the home, never into memory."""

from __future__ import annotations

import shutil
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _

from patmark.errors import BadInput, TooLarge
from zhiquan.records.home import Arriving, Staged

MB = 1024 * 1024
#: What must stay free on the disk beside the upload itself: the records made of it take room too.
SPARE = 200 * MB


class StagedUpload(UploadedFile):  # type: ignore[type-arg]  # generic to the checker only
    """An uploaded file whose bytes stand in the home already."""

    def __init__(self, staged: Staged) -> None:
        super().__init__(None, staged.name, None, staged.size)
        self.staged = staged

    def close(self) -> None:
        """Nothing is open."""


class IntoTheHome(FileUploadHandler):
    """Writes each file into the home as it arrives; what breaks off is dropped."""

    chunk_size = MB

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        # Under this name Django closes what an upload that breaks off has opened.
        self.file = _Closing()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> StagedUpload:
        return StagedUpload(self.file.keep(self.file_name or ""))


class _Closing(Arriving):
    """A file on its way that goes when it is closed, unless it was kept."""

    def close(self) -> None:
        self.drop()


def limit() -> int:
    """How many bytes one upload may have."""
    return int(settings.ZHIQUAN_UPLOAD_MB) * MB


def check_length(request: HttpRequest) -> None:
    """Raises TooLarge by what the request says of its length, before any of it is read, and BadInput on a full disk."""
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if length > limit() + MB:
        raise TooLarge(
            _("上传的内容有 {size} MB，超过一次 {limit} MB 的上限。").format(
                size=round(length / MB), limit=settings.ZHIQUAN_UPLOAD_MB
            ),
            mend=_("请分几次上传，或打成 zip 后再传；更大的文件可放入服务器的收件文件夹。"),
        )
    if length + SPARE > shutil.disk_usage(settings.ZHIQUAN_HOME).free:
        raise BadInput(_("服务器的磁盘空间不够存下这些文件。"), mend=_("请告诉平台管理员。"))


def staged_files(request: HttpRequest, field: str) -> list[Staged]:
    """The files of a form's field, all of them in the home. Raises BadInput where what was sent cannot be read."""
    try:
        sent = request.FILES.getlist(field)
    except TooManyFilesSent:
        most = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        raise BadInput(_("一次最多上传 {most} 个文件。").format(most=most), mend=_("请打成 zip 后再传。")) from None
    except (MultiPartParserError, UnreadablePostError):
        raise BadInput(_("上传中断了，没有收到完整的文件。"), mend=_("请重新上传。")) from None
    except OSError:
        raise BadInput(_("服务器存不下这些文件。"), mend=_("请告诉平台管理员。")) from None
    return [cast(StagedUpload, one).staged for one in sent]
