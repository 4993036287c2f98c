import { element, iconButton } from "./element.js";
import { say } from "./words.js";

const turn = Math.PI / 12;
const closer = 1.2;

/** @typedef {{turn: (across: number, upwards: number) => void, zoom: (factor: number) => void, reset: () => void}} Turnable */

/**
 * What a mouse does by dragging, for everybody else.
 * @param {Turnable} stage
 */
export function cameraButtons(stage) {
  return element(
    "div",
    { class: "camera", role: "group", "aria-label": say("Camera") },
    iconButton("back", say("Turn left"), () => stage.turn(turn, 0)),
    iconButton("forward", say("Turn right"), () => stage.turn(-turn, 0)),
    iconButton("up", say("Look from higher"), () => stage.turn(0, turn)),
    iconButton("down", say("Look from lower"), () => stage.turn(0, -turn)),
    iconButton("plus", say("Nearer"), () => stage.zoom(closer)),
    iconButton("minus", say("Farther"), () => stage.zoom(1 / closer)),
    iconButton("reset", say("First camera"), () => stage.reset()),
  );
}
