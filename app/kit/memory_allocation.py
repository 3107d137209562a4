"""How the C library hands out memory, and gives back what is free: settings of glibc, nothing elsewhere."""

import ctypes

LARGE_BLOCK_BYTES = 512 * 1024
"""Blocks of this size and larger get memory of their own, which goes back to the system when they are freed.

Pages of lists are smaller: new memory for each of them costs a quarter of the CPU of a list that is not cached.
"""
M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
"""The numbers of the parameters in `malloc.h` of glibc."""


def limit_memory() -> None:
    """Keep large blocks apart, and all others in one place, for the life of the process. Call it before any thread.

    By itself glibc raises the limit of large blocks with each that is freed, up to 32 MB. Later lists, documents and
    what compressing them takes then lie between small objects, and their memory is not given back. It also begins an
    arena of memory for each thread, which the others do not use; threads here run one at a time anyway.
    """
    set_parameter = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_parameter is not None:
        set_parameter(M_MMAP_THRESHOLD, LARGE_BLOCK_BYTES)
        set_parameter(M_ARENA_MAX, 1)
