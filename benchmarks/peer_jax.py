"""The JAX peer: vmap over scan, run in an environment of its own.

    python peer_jax.py LANES UPDATES

Answers every line on standard input with the seconds of one sweep, the compilation left out.
"""

import sys
import time

import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)
Point = tuple[jax.Array, jax.Array]


def loss(theta: Point) -> jax.Array:
    x, y = theta
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def walked(eta: jax.Array, weight: jax.Array, updates: int) -> Point:
    """Where one lane ends."""

    def update(state: tuple[Point, Point], _: None) -> tuple[tuple[Point, Point], None]:
        theta, movement = state
        g = jax.grad(loss)(theta)
        moved = tuple(weight * m - eta * slope for m, slope in zip(movement, g, strict=True))
        return (tuple(t + m for t, m in zip(theta, moved, strict=True)), moved), None

    start = (jnp.full_like(eta, -4.0), jnp.full_like(eta, 4.5))
    rest = (jnp.zeros_like(eta), jnp.zeros_like(eta))
    (theta, _), _ = jax.lax.scan(update, (start, rest), None, length=updates)
    return theta


def main(lanes: int, updates: int) -> None:
    eta = jnp.linspace(1e-4, 4e-3, lanes)
    weight = jnp.linspace(0.0, 0.9, lanes)
    sweep = jax.jit(jax.vmap(lambda e, w: walked(e, w, updates)))
    jax.block_until_ready(sweep(eta, weight))
    for _ in sys.stdin:
        start = time.perf_counter()
        x, y = jax.block_until_ready(sweep(eta, weight))
        print(time.perf_counter() - start, float(x.sum()), float(y.sum()), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
