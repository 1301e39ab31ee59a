"""The decoding process: takes bytes, gives pixels, and may be killed at any time.

Started by `riac.formats.decoder` as `python -m riac.formats.decoder_process SOCKET LIMITS`.
"""

from __future__ import annotations

import json
import resource
import socket
import sys
from pathlib import Path

import cv2
import numpy as np

from riac.formats.decoded import Answer, DecodedFault, DecodedPlane, Request
from riac.formats.decoding import Decoded, DecodingError, decode
from riac.formats.limits import Limits
from riac.formats.wire import Wire, WireError
from riac.scan import FaultCode, Severity


def main(socket_number: int, limits: Limits) -> None:
    """Answer requests until the parent closes its end."""
    cv2.setNumThreads(1)
    _confine(limits)
    with socket.socket(fileno=socket_number) as end:
        wire = Wire(end)
        while _serve(wire, limits):
            pass


def _serve(wire: Wire, limits: Limits) -> bool:
    try:
        request = Request.model_validate_json(wire.receive_message())
        members = {name: _receive(wire, size) for name, size in request.members}
    except (WireError, OSError):
        return False
    try:
        decoded = decode(members, limits)
    except DecodingError as error:
        _refuse(wire, error.code, str(error))
        return True
    except (MemoryError, cv2.error) as error:
        _refuse(wire, _code_of(error), f"decoding failed: {error or 'out of memory'}")
        # What is left of the address space is not known: start afresh.
        return False
    _reply(wire, decoded)
    return True


def _code_of(error: MemoryError | cv2.error) -> FaultCode:
    out_of_memory = isinstance(error, MemoryError) or error.code == cv2.Error.StsNoMem
    return FaultCode.TOO_LARGE if out_of_memory else FaultCode.UNREADABLE


def _receive(wire: Wire, size: int) -> bytes:
    content = bytearray(size)
    wire.receive_into(memoryview(content))
    return bytes(content)


def _refuse(wire: Wire, code: FaultCode, detail: str) -> None:
    fault = DecodedFault(code=code, severity=Severity.FATAL, detail=detail[:500])
    wire.send_message(Answer(faults=[fault]).model_dump_json().encode())


def _reply(wire: Wire, decoded: Decoded) -> None:
    answer = Answer(
        source_format=decoded.source_format,
        planes=[
            DecodedPlane.model_validate(
                {
                    "view": view,
                    "rows": pixels.shape[0],
                    "columns": pixels.shape[1],
                    "dtype": str(pixels.dtype),
                }
            )
            for view, pixels in decoded.planes
        ],
        faults=[
            DecodedFault(code=n.code, severity=n.severity, detail=n.detail) for n in decoded.notices
        ],
        manifest=decoded.manifest,
    )
    wire.send_message(answer.model_dump_json().encode())
    for _, pixels in decoded.planes:
        wire.send(np.ascontiguousarray(pixels).data.cast("B"))


def _confine(limits: Limits) -> None:
    """Bound memory to what is there now and the allowance; write no files, leave no core."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    used = pages * resource.getpagesize()
    bound = used + limits.memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(int(sys.argv[1]), Limits(**json.loads(sys.argv[2])))
