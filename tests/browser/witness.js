/* What the page does, kept for tests to read. It stands in every page before the page's own scripts. */
{
  const patience = 20000;
  const witness = { ready: false, drawn: [], broken: [] };
  window.witness = witness;

  performance.setResourceTimingBufferSize(5000); // the list of all that was loaded
  document.addEventListener("downhill:ready", () => (witness.ready = true));
  document.addEventListener("downhill:drawn", ({ detail }) => witness.drawn.push(detail));
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
    witness.broken.push(["content policy:", violatedDirective, blockedURI, sourceFile, lineNumber].join(" ")),
  );

  /** Resolves as soon as the claim is true. */
  witness.until = async (claim) => {
    for (const last = Date.now() + patience; Date.now() < last; await new Promise((go) => setTimeout(go, 15))) {
      if (await claim()) return;
    }
    throw new Error("it never became true: " + claim + "; drawn: " + witness.drawn.at(-1)?.scene);
  };

  /** Whether a query has these knobs; null stands for "not there". */
  witness.has = (query, knobs) => {
    const given = new URLSearchParams(query ?? "");
    return Object.entries(knobs).every(([name, value]) => given.getAll(name).join(" ") === [value ?? []].flat().join(" "));
  };

  /* What stands on each canvas since it was wiped: words, discs such as balls, and lines with the points they join. */
  const canvas = CanvasRenderingContext2D.prototype;
  const { clearRect, arc, fill, fillText, stroke } = canvas;
  const picture = (context) => (context.canvas.picture ??= { words: [], discs: [], lines: [], disc: null });
  const { lineTo } = Path2D.prototype;
  Path2D.prototype.lineTo = function (x, y) {
    (this.points ??= []).push([x, y]);
    lineTo.call(this, x, y);
  };
  Object.assign(canvas, {
    clearRect(...given) {
      this.canvas.picture = undefined;
      clearRect.apply(this, given);
    },
    arc(x, y, radius, ...given) {
      picture(this).disc = { x, y, radius };
      arc.call(this, x, y, radius, ...given);
    },
    fill(...given) {
      const { disc, discs } = picture(this);
      if (disc && given.length === 0) discs.push({ ...disc, colour: this.fillStyle });
      fill.apply(this, given);
    },
    stroke(...given) {
      if (given[0]?.points) picture(this).lines.push({ points: given[0].points, colour: this.strokeStyle, dash: this.getLineDash() });
      stroke.apply(this, given);
    },
    fillText(text, x, y, ...given) {
      picture(this).words.push({ text, x, y, width: this.measureText(text).width, size: parseFloat(this.font.match(/[\d.]+px/)[0]) });
      fillText.call(this, text, x, y, ...given);
    },
  });
}
