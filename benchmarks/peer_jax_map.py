"""The JAX peer of the map rows: vmap over scan with the whole path kept, and judged.

    python peer_jax_map.py SIDE UPDATES

As peer_jax.py, and then what a cell of a map needs: the mean of the last tenth, the critical
point that Newton's method reaches from it (derivatives by JAX), its kind by its Hessian, and
since when the path has stayed near it. Answers seconds, cells at a minimum, sum of updates.
"""

import sys
import time

import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)
NEAR = 0.01 * 10 * 2**0.5  # of the domain's diagonal
NEWTON = 12  # movements: from where these cells end fewer would do


def loss(theta: jax.Array) -> jax.Array:
    x, y = theta
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def walked(eta: jax.Array, weight: jax.Array, updates: int) -> jax.Array:
    """(updates + 1, 2): the path of one cell."""

    def update(
        state: tuple[jax.Array, jax.Array], _: None
    ) -> tuple[tuple[jax.Array, jax.Array], jax.Array]:
        theta, movement = state
        movement = weight * movement - eta * jax.grad(loss)(theta)
        return (theta + movement, movement), theta + movement

    start = jnp.array([-4.0, 4.5])
    _, path = jax.lax.scan(update, (start, jnp.zeros(2)), None, length=updates)
    return jnp.concatenate([start[None], path])


def critical(guess: jax.Array) -> jax.Array:
    def move(_: int, at: jax.Array) -> jax.Array:
        (a, b), (_, c) = jax.hessian(loss)(at)
        g1, g2 = jax.grad(loss)(at)
        return at - jnp.stack([c * g1 - b * g2, a * g2 - b * g1]) / (a * c - b * b)

    return jax.lax.fori_loop(0, NEWTON, move, guess)


def judged(path: jax.Array) -> tuple[jax.Array, jax.Array, jax.Array]:
    """Whether a path ends at a minimum, since when (else 0), and the loss at its end."""
    middle = path[-(len(path) // 10) :].mean(axis=0)
    at = critical(middle)
    (a, b), (_, c) = jax.hessian(loss)(at)
    ends = (jnp.hypot(*(at - middle)) <= NEAR) & (a > 0) & (a * c > b * b)
    near = jnp.hypot(*(path - at).T) <= NEAR
    stays = jnp.cumprod(near[::-1]).sum()
    return ends, jnp.where(ends, len(path) - stays, 0), loss(path[-1])


def main(side: int, updates: int) -> None:
    eta = jnp.tile(jnp.geomspace(1e-4, 4e-3, side), side)
    weight = jnp.repeat(jnp.linspace(0.0, 0.9, side), side)
    cells = jax.jit(jax.vmap(lambda e, w: judged(walked(e, w, updates))))
    jax.block_until_ready(cells(eta, weight))
    for _ in sys.stdin:
        start = time.perf_counter()
        ends, settled, _ = jax.block_until_ready(cells(eta, weight))
        print(time.perf_counter() - start, int(ends.sum()), int(settled.sum()), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
