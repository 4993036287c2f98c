"""How functions are compiled, and where the machine code is kept.

numba's njit with the project's flags: no GIL, IEEE arithmetic (1/0 is inf, NaN tests stay),
no allocation, no overlapping arrays, no fastmath, no parallel. The cache folder's name carries
a hash of every source that compiles: numba sees no change in a callee of another module.
This room knows nothing about what is compiled.
"""

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba
from numba import njit, types
from numba.core import cgutils
from numba.core.cpu import CPUTargetOptions
from numba.core.options import TargetOptions
from numba.extending import intrinsic
from numba.np.arrayobj import make_array, populate_array

from app.settings import PROJECT, cache_folder

__all__ = [
    "CURVE", "KERNELS", "SLOPE", "address_of", "box", "compiled", "counts",
    "curve_at", "function_at", "grid_of_counts", "inlined", "kernel", "number", "row",
    "slope_at", "stack_of", "table", "term", "types", "whole",
]  # fmt: skip

F = TypeVar("F", bound=Callable[..., Any])

# numba has this flag for LLVM but no name for it among the options of a decorator.
CPUTargetOptions.noalias = TargetOptions.Mapping("noalias")

# Kernels neither allocate nor count references (_nrt): counting costs 30 ns per call, as much
# as four updates of a lane. Whoever calls them brings the working arrays. What a kernel writes
# overlaps with nothing else it is given (noalias): before every loop it would look whether it
# does, which costs a narrow loop as much as its work.
FLAGS: dict[str, Any] = {
    "nogil": True, "error_model": "numpy", "_nrt": False, "noalias": True,
}  # fmt: skip


def sources() -> list[Path]:
    """Every file that can change what is compiled: the surfaces, and all who compile."""
    files = sorted((PROJECT / "app").rglob("*.py"))
    return [path for path in files if path.parent.name == "surfaces" or compiles(path)]


def compiles(path: Path) -> bool:
    return path == Path(__file__) or "from app.kernels import" in path.read_text("utf-8")


def fingerprint() -> str:
    """Hash of all sources, the compiler and the interpreter."""
    digest = hashlib.sha256(f"{numba.__version__} {sys.version}".encode())
    for path in sources():
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def kernel_folder() -> Path:
    """Folder of this version's kernels; a private temporary one where ours is read-only."""
    wanted = cache_folder() / f"kernels-{fingerprint()}"
    if writable(wanted):
        return wanted
    return Path(tempfile.mkdtemp(prefix="downhill-kernels-"))


KERNELS = kernel_folder()
numba.config.CACHE_DIR = str(KERNELS)  # type: ignore[attr-defined]


def compiled(function: F) -> F:
    """Compile on first use; for functions that only kernels call."""
    return njit(**FLAGS)(function)  # type: ignore[no-any-return]


def inlined(function: F) -> F:
    """A few lines put where they are called."""
    return njit(inline="always", **FLAGS)(function)  # type: ignore[no-any-return]


def kernel(signature: Any) -> Callable[[F], F]:
    """Compile now, with this signature, or load from the cache; for entry points."""
    return njit(signature, cache=True, **FLAGS)  # type: ignore[no-any-return]


def term(signature: Any) -> Callable[[F], F]:
    """A kernel that Python never calls, only other kernels do, by its address.

    Without the wrappers for Python and C it compiles in half the time, and there are many.
    """
    wrappers: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    return njit(signature, cache=True, **wrappers, **FLAGS)  # type: ignore[no-any-return]


number = types.float64
whole = types.int64
row = types.float64[::1]
table = types.float64[:, ::1]
box = types.float64[:, :, ::1]
counts = types.int64[::1]
grid_of_counts = types.int64[:, ::1]

# What a surface compiles to, over n lanes: points (x, y), columns (a, b), constants p,
# n -> writes value and slope, or value, slope and curvature (see surfaces/terms.py).
SLOPE = types.void(row, row, row, row, row, whole, row, row, row)
CURVE = types.void(row, row, row, row, row, whole, table)


def address_of(function: Any) -> int:
    """Address of a kernel's machine code.

    numba needs 60 µs to unpack a first-class function argument and nothing for a number, so
    kernels take addresses and turn them back with slope_at and curve_at.
    """
    result = function.get_compile_result(function.nopython_signatures[0])
    return int(result.library.get_pointer_to_function(result.fndesc.llvm_func_name))


def function_at(prototype: Any) -> Any:
    """The intrinsic address -> first-class function of this signature."""
    function_type = types.FunctionType(prototype)

    @intrinsic
    def at(typing_context: Any, address: Any) -> Any:
        def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            proxy = cgutils.create_struct_proxy(function_type)(context, builder)
            proxy.jit_addr = builder.inttoptr(args[0], cgutils.voidptr_t)
            return proxy._getvalue()

        return function_type(types.int64), build

    return at


def stack_of(rows: int, columns: int) -> Any:
    """The intrinsic () -> an uninitialised table (rows, columns) on the caller's stack.

    Kernels do not allocate, and what several threads call has no memory of its own.
    """

    @intrinsic
    def stack(typing_context: Any) -> Any:
        def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            size = context.get_constant
            array = make_array(table)(context, builder)
            data = cgutils.alloca_once(builder, context.get_value_type(number), rows * columns)
            shape, strides = (rows, columns), (8 * columns, 8)
            populate_array(
                array, data, [size(types.intp, length) for length in shape],
                [size(types.intp, length) for length in strides], size(types.intp, 8), None,
            )  # fmt: skip
            return array._getvalue()

        return table(), build

    return stack


slope_at = function_at(SLOPE)
curve_at = function_at(CURVE)
