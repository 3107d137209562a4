"""How the C library hands out memory, and gives back what is free: settings of glibc, nothing elsewhere."""

import ctypes

LARGE_BLOCK_BYTES = 512 * 1024
"""Blocks of this size and larger get memory of their own, which goes back to the system when they are freed.

Pages of lists are smaller: new memory for each of them costs a quarter of the CPU of a list that is not cached.
"""
M_MMAP_THRESHOLD = -3
"""The number of the parameter in `malloc.h` of glibc."""


def separate_large_blocks() -> None:
    """Keep large blocks apart for the life of the process.

    By itself glibc raises the limit with each large block that is freed, up to 32 MB. Later lists, documents and what
    compressing them takes then lie between small objects, and their memory is not given back.
    """
    set_parameter = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_parameter is not None:
        set_parameter(M_MMAP_THRESHOLD, LARGE_BLOCK_BYTES)
