import assert from "node:assert/strict";
import { test } from "node:test";
import { Playhead } from "../../static/js/playhead.js";

/** A clock that goes when it is told. */
function clockwork() {
  const clock = { time: 0, waiting: null, now: () => clock.time, next: (callback) => (clock.waiting = callback) };
  const tick = (milliseconds) => {
    clock.time += milliseconds;
    const callback = clock.waiting;
    clock.waiting = null;
    callback?.(clock.time);
  };
  return { clock, tick };
}

function playheadOf(length) {
  const { clock, tick } = clockwork();
  const playhead = new Playhead(clock);
  playhead.setLength(length);
  return { playhead, tick };
}

test("a playhead that nobody moved stands at the end", () => {
  assert.equal(playheadOf(300).playhead.at, 300);
});

test("it stays at the end when the paths grow or shrink", () => {
  const { playhead } = playheadOf(300);
  playhead.setLength(500);
  assert.equal(playhead.at, 500);
  playhead.setLength(14);
  assert.equal(playhead.at, 14);
});

test("it stays where the reader put it while the path is long enough", () => {
  const { playhead } = playheadOf(300);
  playhead.seek(37);
  playhead.setLength(400);
  assert.equal(playhead.at, 37);
});

test("it never leaves the path", () => {
  const { playhead } = playheadOf(10);
  playhead.skip(-100);
  assert.equal(playhead.at, 0);
  playhead.skip(100);
  assert.equal(playhead.at, 10);
});

test("a whole path plays in ten seconds and then it rests", () => {
  const { playhead, tick } = playheadOf(300);
  let rests = 0;
  playhead.addEventListener("rest", () => (rests += 1));
  playhead.play();
  assert.equal(playhead.at, 0);
  tick(5000);
  assert.equal(playhead.at, 150);
  tick(5001);
  assert.deepEqual([playhead.at, playhead.playing, rests], [300, false, 1]);
});

test("speed multiplies", () => {
  const { playhead, tick } = playheadOf(300);
  playhead.speed = 4;
  playhead.play();
  tick(1000);
  assert.equal(playhead.at, 120);
});

test("pausing keeps the update, and stepping counts from it", () => {
  const { playhead, tick } = playheadOf(300);
  playhead.play();
  tick(1000);
  playhead.toggle();
  playhead.skip(1);
  assert.deepEqual([playhead.at, playhead.playing], [31, false]);
});

test("following jumps to the end and stays there", () => {
  const { playhead } = playheadOf(300);
  playhead.seek(5);
  playhead.follow();
  playhead.setLength(200);
  assert.equal(playhead.at, 200);
});
