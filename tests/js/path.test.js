import assert from "node:assert/strict";
import { test } from "node:test";
import { decoded } from "../../static/js/frames.js";
import { PathCollector } from "../../static/js/path.js";
import { epochOf, momentOf } from "../../static/js/readout.js";

/** The bytes of one frame, as the contract describes them. */
function frame(header, values) {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil((4 + text.length) / 8) * 8 - 4;
  const bytes = new Uint8Array(4 + length + 4 * values.length).fill(32, 4, 4 + length);
  new DataView(bytes.buffer).setUint32(0, length, true);
  bytes.set(text, 4);
  new Float32Array(bytes.buffer, 4 + length).set(values);
  return bytes.buffer;
}

const figures = (rows, more = {}) => ({ rule: "gd", rows, updates: rows - 1, updates_per_epoch: 20, every: 1, ...more });
const first = { id: 7, want: "paths", part: 0, parts: 2, scene: "surface=bowl&run=gd", columns: ["theta1", "theta2", "loss"] };

function take(collector, header, values) {
  const answer = decoded(frame(header, values));
  return collector.take(answer.header, answer.values);
}

test("parts come together to whole paths", () => {
  const collector = new PathCollector();
  const runs = [figures(3), figures(1)];
  assert.equal(take(collector, { ...first, runs, sections: [{ of: 0, row: 0, rows: 2 }] }, [1, 2, 3, 4, 5, 6]), null);
  const sections = [{ of: 0, row: 2, rows: 1 }, { of: 1, row: 0, rows: 1 }];
  const paths = take(collector, { id: 7, want: "paths", part: 1, parts: 2, sections }, [7, 8, 9, 10, 11, 12]);
  assert.deepEqual([...paths.runs[0].theta1], [1, 2, 7]);
  assert.deepEqual([...paths.runs[0].loss], [5, 6, 9]);
  assert.deepEqual([...paths.runs[1].theta2], [11]);
  assert.equal(paths.scene, first.scene);
  assert.equal(paths.longest, 2);
});

test("a late part of an older answer is forgotten", () => {
  const collector = new PathCollector();
  take(collector, { ...first, runs: [figures(1)], sections: [] }, []);
  assert.equal(take(collector, { id: 6, want: "paths", part: 1, parts: 2, sections: [] }, []), null);
});

test("a run that ended stays at its last row", () => {
  const collector = new PathCollector();
  const paths = take(collector, { ...first, parts: 1, runs: [figures(2)], sections: [{ of: 0, row: 0, rows: 2 }] }, [1, 2, 3, 4, 5, 6]);
  assert.equal(paths.rowAt(0, 99), 1);
  assert.equal(paths.rowAt(0, 0), 0);
});

test("in a thinned path the last update not after the playhead is shown", () => {
  const collector = new PathCollector();
  const header = { ...first, parts: 1, columns: ["update", "theta1", "theta2", "loss"], runs: [figures(3, { updates: 20, every: 10 })] };
  const values = [0, 10, 20, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const paths = take(collector, { ...header, sections: [{ of: 0, row: 0, rows: 3 }] }, values);
  assert.deepEqual([0, 9, 10, 19, 20, 50].map((at) => paths.rowAt(0, at)), [0, 0, 1, 1, 2, 2]);
  assert.deepEqual(momentOf(paths, null, 0, 15), { update: 10, epoch: 1, theta1: 2, theta2: 5, loss: 8 });
});

test("the first epoch begins with the first update", () => {
  assert.deepEqual([0, 1, 20, 21, 76].map((update) => epochOf(update, 20)), [0, 1, 1, 2, 4]);
});
