"""The PyTorch peer: one path of torch.optim.SGD with momentum, in an environment of its own.

    python peer_torch.py LANES UPDATES      (LANES is always 1)

Answers every line on standard input with the seconds of one path.
"""

import sys
import time

import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def walked(updates: int) -> torch.Tensor:
    theta = torch.tensor([-4.0, 4.5], requires_grad=True)
    rule = torch.optim.SGD([theta], lr=1e-3, momentum=0.9)
    for _ in range(updates):
        rule.zero_grad()
        x, y = theta
        loss = (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2
        loss.backward()
        rule.step()
    return theta.detach()


def main(updates: int) -> None:
    walked(100)
    for _ in sys.stdin:
        start = time.perf_counter()
        x, y = walked(updates)
        print(time.perf_counter() - start, float(x), float(y), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[2]))
