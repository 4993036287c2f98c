/* Run in the lab once it stands in both views: counts whatever draws the ground anew.
   calls: Plotly's own functions, by figure · changes: of the contour's elements · surfaces: updates of the 3D surface's trace. */
(() => {
  const counts = { calls: {}, changes: 0, surfaces: 0 };
  const figures = ["stage-2d", "stage-3d", "losschart"];
  const [flat, space] = figures.map((id) => document.querySelector(`#${id} .js-plotly-plot`));
  const scene = space._fullLayout.scene._scene;
  const drawn = ["newPlot", "react", "restyle", "relayout", "update", "animate", "redraw", "extendTraces", "addTraces"];

  function counted(owner, name, count) {
    const original = owner[name];
    owner[name] = function (...given) {
      count(...given);
      return original.apply(this, given);
    };
  }

  for (const name of drawn) {
    counted(window.Plotly, name, (graph) => {
      const place = figures.find((id) => document.getElementById(id).contains(graph)) ?? "elsewhere";
      counts.calls[place] = (counts.calls[place] ?? 0) + 1;
    });
  }
  const surface = Object.values(scene.traces).find((trace) => trace.data.type === "surface");
  counted(surface, "update", () => (counts.surfaces += 1));
  counted(scene, "plot", () => (counts.surfaces += 1));
  new MutationObserver((changes) => (counts.changes += changes.length)).observe(flat, {
    attributes: true, childList: true, characterData: true, subtree: true,
  });
  window.counts = counts;
})();
