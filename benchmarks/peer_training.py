"""The PyTorch peer of a training: the same network, batches and start, eager, by torch.optim.SGD.

    python peer_training.py FILE UPDATES THREADS

FILE (.npz) holds pixels, labels, start, sizes, order (updates, batch) and eta. Answers every
line on standard input with the seconds of the updates and two numbers of where they led.
"""

import sys
import time
from itertools import pairwise

import numpy as np
import torch


def network(sizes: "list[int]", start: np.ndarray) -> torch.nn.Sequential:
    """tanh between the layers; the start is a vector of matrices whose last row is the bias."""
    layers: list[torch.nn.Module] = []
    first = 0
    for inputs, outputs in pairwise(sizes):
        matrix = torch.tensor(start[first : first + (inputs + 1) * outputs])
        matrix = matrix.reshape(inputs + 1, outputs)
        first += matrix.numel()
        layer = torch.nn.Linear(inputs, outputs)
        layer.weight.data, layer.bias.data = matrix[:-1].T.contiguous(), matrix[-1].clone()
        layers += [layer, torch.nn.Tanh()]
    return torch.nn.Sequential(*layers[:-1])


def main(file: str, updates: int, threads: int) -> None:
    torch.set_num_threads(threads)
    given = np.load(file)
    pixels = torch.tensor(given["pixels"][:, :-1]).contiguous()
    labels, order = torch.tensor(given["labels"]), torch.tensor(given["order"][:updates])
    full = order.shape[1] == len(pixels)
    for _ in sys.stdin:
        net = network(given["sizes"].tolist(), given["start"])
        rule = torch.optim.SGD(net.parameters(), lr=float(given["eta"]))
        begun = time.perf_counter()
        for index in order:
            x, y = (pixels, labels) if full else (pixels[index], labels[index])
            rule.zero_grad()
            torch.nn.functional.cross_entropy(net(x), y).backward()
            rule.step()
        taken = time.perf_counter() - begun
        ends = [float(parameters.detach().double().sum()) for parameters in net.parameters()]
        print(taken, sum(ends[::2]), sum(ends[1::2]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
