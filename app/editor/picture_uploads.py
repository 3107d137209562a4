"""Takes an uploaded picture: its type, then its content, which is decoded and drawn in a process of its own."""

from fastapi import Request

from app.figures.uploads.picture_limits import MAX_UPLOAD_BYTES, InvalidPicture
from app.figures.uploads.preparation import (
    FORMAT_BY_MEDIA_TYPE,
    TOO_COSTLY,
    find_missing_package,
    prepare_picture,
)
from app.kit.errors import BodyTooLarge, InvalidRequest, UnsupportedMediaType, WorkerUnavailable
from app.kit.work_limiter import WorkLimiter


async def read_picture(request: Request, limiter: WorkLimiter) -> bytes:
    """Return the picture in the body of a request as it is stored.

    Raises `UnsupportedMediaType`, `BodyTooLarge`, `InvalidRequest` where the picture is not taken, and `ServiceBusy`.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    file_format = FORMAT_BY_MEDIA_TYPE.get(media_type)
    if file_format is None:
        raise UnsupportedMediaType(f"Send the picture with Content-Type: {' or '.join(FORMAT_BY_MEDIA_TYPE)}.")
    missing = find_missing_package(file_format)
    if missing is not None:
        raise UnsupportedMediaType(f"{media_type} needs the extra `motion` to be installed on this server.")
    content = await request.body()
    if len(content) > MAX_UPLOAD_BYTES:
        raise BodyTooLarge(f"A picture may have at most {MAX_UPLOAD_BYTES} bytes.")
    try:
        return await limiter.run_in_process(request, prepare_picture, content, file_format)
    except InvalidPicture as error:
        reason = str(error)
    except WorkerUnavailable:  # the process ends where a picture takes too much time
        reason = TOO_COSTLY
    raise InvalidRequest(f"The picture is not taken: {reason}.", errors=[{"in": "body", "detail": reason}])
