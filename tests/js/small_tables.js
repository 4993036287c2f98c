/** A small set of tables, so that these tests speak about one rule at a time. */

const blank = { low: null, high: null, scale: "linear", step: null, choices: [], symbol: "", help: "" };

/** @param {object} row */
function knob(row) {
  return { ...blank, label: row.name, ...row };
}

function surface(name, own = []) {
  return {
    name, own, label: name, formula: "", mathml: "<math/>", domain: [[-2, 2], [-1.5, 1.5]], start: [-1, 1], eta: 0.05,
    updates: 300, why: "", parameters: ["θ₁", "θ₂"], kind: "formula", weight: 1, shapes: [], claims: [],
  };
}

function rule(name, label, knobs) {
  return { name, label, knobs, lines: [], mathml: "<math/>", source: "", why: "" };
}

function choices(...values) {
  return values.map((value) => ({ value, label: value }));
}

export const tables = {
  knobs: [
    knob({ name: "surface", kind: "choice", scope: "scene", default: "bowl", choices: choices("bowl", "valley") }),
    knob({ name: "start", kind: "point", scope: "scene", default: null }),
    knob({ name: "examples", kind: "integer", scope: "scene", default: 20, low: 1, high: 200, symbol: "N" }),
    knob({ name: "spread", kind: "number", scope: "scene", default: 0, low: 0, high: 2 }),
    knob({ name: "updates", kind: "integer", scope: "scene", default: null, low: 1, high: 100000 }),
    knob({ name: "eta", kind: "number", scope: "scene", default: null, low: 1e-9, high: 100, scale: "log", symbol: "η" }),
    knob({ name: "lambda", kind: "number", scope: "scene", default: 0.9, low: 0, high: 1, symbol: "λ" }),
    knob({ name: "batch", kind: "integer", scope: "scene", default: null, low: 1, high: 200, symbol: "B" }),
    knob({ name: "schedule", kind: "choice", scope: "scene", default: "constant", choices: choices("constant", "cosine") }),
    knob({ name: "condition", kind: "number", scope: "surface", default: 20, low: 1, high: 1000, scale: "log" }),
    knob({ name: "view", kind: "choice", scope: "view", default: "2d", choices: choices("2d", "3d") }),
    knob({ name: "hide", kind: "names", scope: "view", default: "" }),
    knob({ name: "play", kind: "flag", scope: "view", default: 1 }),
    knob({ name: "at", kind: "integer", scope: "view", default: null, low: 0, high: 100000 }),
  ],
  rules: [
    rule("gd", "Gradient descent", { eta: null }),
    rule("momentum", "Momentum", { eta: null, lambda: null }),
  ],
  surfaces: [surface("bowl"), surface("valley", ["condition"])],
  opening: "surface=bowl&spread=0.25&run=gd&run=momentum&run=gd,batch:1",
  limits: { runs: 8, query: 4096, evaluations: 200_000_000 },
};
