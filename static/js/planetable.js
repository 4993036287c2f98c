import { figure } from "./numbers.js";
import { tableOf } from "./numbertables.js";
import { pictureOf } from "./planeground.js";
import { say } from "./words.js";

/** At most so many lines of the grid stand in the table, in each direction; the file has all of them. */
const most = 9;

/**
 * The ground in numbers: rows from high y to low y, as the map has them.
 * @param {import("./types.js").Answer} answer
 */
export function groundTable(answer) {
  const ground = pictureOf(answer)?.ground;
  if (!ground) return tableOf(say("There is no plane yet."), [], []);
  const [rows, columns] = ground.shape.map(chosen);
  const [x, y] = [ground.columns(), ground.rows()];
  const body = rows.reverse().map((row) => [figure(y[row]), ...columns.map((column) => figure(ground.loss[row * ground.shape[1] + column]))]);
  const values = { rows: ground.shape[0], columns: ground.shape[1] };
  const caption = say("Training loss on the plane: some lines of the {rows} × {columns} grid; the JSON file has all. The paths are in the result table.", values);
  const table = tableOf(caption, [say("y ↓ · x →"), ...columns.map((column) => figure(x[column]))], body);
  table.classList.add("ground-table");
  return table;
}

/**
 * Evenly spread places, first and last among them.
 * @param {number} many
 */
function chosen(many) {
  const few = Math.min(many, most);
  return Array.from({ length: few }, (_, k) => Math.round((k * (many - 1)) / (few - 1)));
}
