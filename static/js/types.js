/**
 * The shapes that travel between modules. Nothing here runs.
 *
 * @typedef {{value: string, label: string}} Choice
 * @typedef {"number"|"integer"|"choice"|"point"|"line"|"sides"|"box"|"pairs"|"list"|"formula"|"flag"|"names"} KnobKind
 * @typedef {{name: string, kind: KnobKind, scope: "scene"|"run"|"view"|"surface"|"experiment", default: any, low: number, high: number,
 *   scale: "linear"|"log", step: number, choices: Choice[], label: string, symbol: string, help: string}} Knob
 * @typedef {{name: string, label: string, lines: string[], mathml: string, worked?: string, source: string, why: string,
 *   knobs: Record<string, any>}} Rule
 * @typedef {[number, number]} Pair
 * @typedef {{name: string, label: string, formula: string, mathml: string, domain: [Pair, Pair], start: Pair, eta: number,
 *   updates: number, why: string, parameters: string[], columns?: string[], kind: string, weight: number, own: string[], shapes: string[], cut?: [number, number, number, number]|null, claims: {kind: string, at: Pair}[]}} Surface
 * @typedef {{knobs: Knob[], rules: Rule[], surfaces: Surface[], opening: string, limits: Record<string, number>,
 *   experiments?: Experiment[], laws?: import("./maplaws.js").Law[]}} Tables
 *
 * @typedef {{label: string, unit: string, scale: "linear"|"log", knob: string}} Axis
 * @typedef {{name: string, label: string}} Named
 * @typedef {Named & {x: Axis, y: Axis, z: Axis|null, series: Named[], measured: boolean, beside: string, answers: boolean}} Chart
 * @typedef {Named & {unit: string, names: {value: string, label: string}[]}} Column
 * @typedef {Named & {question: string, lecture: string, knobs: Knob[], view: Knob[], charts: Chart[], columns: Column[]}} Experiment
 * @typedef {number|string|boolean|null} Cell
 * @typedef {{chart: string, name: string, x: Cell[], y: Cell[], low: Cell[]|null, high: Cell[]|null, dots: Cell[][]|null, z: Cell[][]|null}} Series
 * @typedef {"queued"|"running"|"done"|"failed"|"cancelled"} State
 * @typedef {{processor: string, cores: number, system: string, python: string, numpy: string, blas: string, threads: number}} ThisMachine
 * @typedef {{id: number, name: string, address: string, query: string, knobs: Record<string, any>, state: State, position: number|null,
 *   error: string|null, machine: ThisMachine|null, seconds: number|null, finished: string|null, followers: number, progress: number,
 *   series: Series[], rows: Cell[][], facts: any}} Answer  an experiment as it is
 *
 * @typedef {number|string|boolean|Pair|string[]|null} Value
 * @typedef {{rule: string, knobs: Record<string, any>}} Run
 * @typedef {{surface: string, knobs: Record<string, any>, runs: Run[]}} Scene
 * @typedef {Record<string, any>} View
 * @typedef {{scene: Scene, view: View}} Shown
 * @typedef {{knob: string, given: string, allowed: string, wrong?: string, at?: number,
 *   words?: {wrong: string, allowed: string, values: Record<string, string|number>}}} Problem
 *
 * @typedef {"minimum"|"saddle"|"maximum"|"flat"|"moving"|"diverged"} Outcome
 * @typedef {{rule: string, outcome: Outcome, valley: boolean, updates: number,
 *   diverged: number|null, settled: number|null, left: number|null, leaves: number|null, look_ahead?: number,
 *   at: Pair|null, saddle: Pair|null, average?: {from: number, at: Pair, loss: number|null}|null, end: Pair, end_loss: number|null, updates_per_epoch: number,
 *   every: number, rows: number}} Figures
 * @typedef {Figures & {update: Float32Array|null, theta1: Float32Array, theta2: Float32Array, loss: Float32Array}} PathRun
 * @typedef {{of: number, row: number, rows: number}} Section
 * @typedef {{id: number, want: string, part: number, parts: number, error?: string, problems?: Problem[], scene?: string,
 *   columns?: string[], runs?: Figures[], sections?: Section[], shape?: Pair, x?: Pair, y?: Pair, low?: number, high?: number, points?: {kind: string, at: Pair}[], bounded?: boolean, found?: number,
 *   formula?: string, mathml?: string, constants?: Record<string, number>, row?: number, rows?: number}} Header
 */
export {};
