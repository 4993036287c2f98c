/* The four runs of the benchmark, computed by the browser. */

const start = [-4, 4.5];
const weight = 0.9;
const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8];

export function loss(x, y) {
  const [a, b] = [x * x + y - 11, x + y * y - 7];
  return a * a + b * b;
}

function slope(x, y) {
  const a = x * x + y - 11;
  const b = x + y * y - 7;
  return [4 * x * a + 2 * b, 2 * a + 4 * y * b];
}

function walked(updates, move) {
  const path = { x: new Float64Array(updates + 1), y: new Float64Array(updates + 1), loss: new Float64Array(updates + 1) };
  let [x, y] = start;
  for (let t = 0; ; t += 1) {
    path.x[t] = x;
    path.y[t] = y;
    path.loss[t] = loss(x, y);
    if (t === updates) return path;
    [x, y] = move(x, y);
  }
}

function gd(eta) {
  return (x, y) => {
    const [g, h] = slope(x, y);
    return [x - eta * g, y - eta * h];
  };
}

function heavy(eta, ahead) {
  let [across, up] = [0, 0];
  return (x, y) => {
    const [g, h] = ahead ? slope(x + weight * across, y + weight * up) : slope(x, y);
    across = weight * across - eta * g;
    up = weight * up - eta * h;
    return [x + across, y + up];
  };
}

function adam(eta) {
  let [m, n, v, w, power1, power2] = [0, 0, 0, 0, 1, 1];
  return (x, y) => {
    const [g, h] = slope(x, y);
    m = beta1 * m + (1 - beta1) * g;
    n = beta1 * n + (1 - beta1) * h;
    v = beta2 * v + (1 - beta2) * g * g;
    w = beta2 * w + (1 - beta2) * h * h;
    power1 *= beta1;
    power2 *= beta2;
    const across = m / (1 - power1) / (Math.sqrt(v / (1 - power2)) + epsilon);
    const up = n / (1 - power1) / (Math.sqrt(w / (1 - power2)) + epsilon);
    return [x - eta * across, y - eta * up];
  };
}

export function fourRuns(eta, updates) {
  return [gd(eta), heavy(eta, false), heavy(eta, true), adam(eta)].map((move) => walked(updates, move));
}
