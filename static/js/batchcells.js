/** Where the cells of an epoch stand: one for each example, in this epoch's order, with gaps between the batches. Pure. */

/** @typedef {{example: number, batch: number, x: number, row: number}} Cell */
/** @typedef {{cells: Cell[], side: number, rows: number, perRow: number}} Layout  `side`: how wide a cell is */

/** Narrower than this nobody finds a cell; then the strip takes more rows. */
const narrowest = 6;
const widest = 34;
const widestGap = 14;

/**
 * @param {number[][]} batches
 * @param {number} width
 * @returns {Layout}
 */
export function layoutOf(batches, width) {
  const count = batches.reduce((sum, batch) => sum + batch.length, 0);
  const rows = Math.max(1, Math.ceil((count * narrowest) / Math.max(width, 1)));
  const perRow = Math.ceil(count / rows);
  const gaps = Math.min(batches.length - 1, perRow - 1);
  const gap = gaps > 0 ? Math.min(widestGap, (0.35 * width) / perRow, (0.3 * width) / gaps) : 0;
  const side = Math.min(widest, (width - gaps * gap) / perRow);
  return { cells: placed(batches, { side, gap, perRow }), side, rows, perRow };
}

/**
 * @param {number[][]} batches
 * @param {{side: number, gap: number, perRow: number}} sizes
 * @returns {Cell[]}
 */
function placed(batches, { side, gap, perRow }) {
  /** @type {Cell[]} */
  const cells = [];
  let x = 0;
  batches.forEach((examples, batch) => {
    for (const [place, example] of examples.entries()) {
      const isNewRow = cells.length % perRow === 0;
      if (isNewRow) x = 0;
      else if (place === 0) x += gap;
      cells.push({ example, batch, x, row: Math.floor(cells.length / perRow) });
      x += side;
    }
  });
  return cells;
}

/**
 * The cell under a pointer, the nearest one of its row; -1 where there are none.
 * @param {Layout} layout
 * @param {number} x
 * @param {number} row
 */
export function cellAt({ cells, side }, x, row) {
  const away = (/** @type {Cell} */ cell) => Math.abs(cell.x + side / 2 - x) + (cell.row === row ? 0 : 1e6);
  return cells.reduce((best, cell, k) => (best < 0 || away(cell) < away(cells[best]) ? k : best), -1);
}

/**
 * Cells on their way from one order to the next; `part` runs from 0 to 1. An example that was not there before stands where it will.
 * @param {Cell[]} before
 * @param {Cell[]} after
 * @param {number} part
 * @returns {Cell[]}
 */
export function between(before, after, part) {
  const places = new Map(before.map((cell) => [cell.example, cell]));
  const eased = part * part * (3 - 2 * part);
  return after.map((cell) => {
    const from = places.get(cell.example) ?? cell;
    return { ...cell, x: from.x + (cell.x - from.x) * eased, row: from.row + (cell.row - from.row) * eased };
  });
}
