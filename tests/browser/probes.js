/* What a careful eye would look for on the page. Each probe answers with the elements that fail, in their own words. */
window.probes = {
  controls: "a[href], button, input, select, summary",

  told(elements) {
    return elements.map((one) => one.outerHTML.slice(0, 140));
  },

  visible(place) {
    return [...document.querySelectorAll(place)].filter((one) => one.checkVisibility() && !one.closest(".skip, dialog:not([open])"));
  },

  /** Everything a keyboard must reach; of a group of radio buttons the chosen one. */
  reachable() {
    const all = probes.visible(probes.controls + ", [tabindex='0']");
    const reachable = all.filter((one) => !one.disabled && !(one.type === "radio" && !one.checked));
    reachable.forEach((one, place) => (one.dataset.place = place));
    return probes.told(reachable);
  },

  /** Where the focus is, whether a ring is drawn around it, and whether something lies over its middle. */
  focus() {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const rings = ({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    const seen = [one, one.nextElementSibling, one.closest("label")].filter(Boolean);
    const ring = seen.find((other) => rings(getComputedStyle(other)));
    const { left, top, width, height } = (ring ?? one).getBoundingClientRect();
    const over = document.elementFromPoint(left + width / 2, top + height / 2);
    return {
      place: one.dataset.place ?? null,
      html: one.outerHTML.slice(0, 140),
      ring: Boolean(ring),
      covered: !seen.some((other) => other.contains(over) || over?.contains(other)),
      outside: left < -1 || left + width > innerWidth + 1,
    };
  },

  /** What reaches beyond the screen, unless it stands in a box of its own that scrolls or cuts. */
  outside() {
    const holds = (one) => one && (getComputedStyle(one).overflowX !== "visible" || holds(one.parentElement));
    const leaves = ({ left, right, width }) => width > 1 && (right > innerWidth + 1 || left < -1);
    const all = probes.visible("body *:not(#js-plotly-tester, #js-plotly-tester *)");
    return probes.told(all.filter((one) => leaves(one.getBoundingClientRect()) && !holds(one.parentElement)));
  },

  /** Controls smaller than a finger; a label around one takes the tap too. */
  small(least) {
    const fits = (one) => one && one.getBoundingClientRect().width >= least && one.getBoundingClientRect().height >= least;
    return probes.told(probes.visible(probes.controls).filter((one) => !fits(one) && !fits(one.closest("label"))));
  },

  /** Controls whose middle nobody can touch, after they are scrolled to. */
  covered() {
    return probes.told(probes.visible(probes.controls).filter((one) => {
      const place = one.closest("label") ?? one;
      place.scrollIntoView({ block: "center", behavior: "instant" });
      const { left, top, width, height } = place.getBoundingClientRect();
      const over = document.elementFromPoint(left + width / 2, top + height / 2);
      return !place.contains(over) && !over?.contains(place);
    }));
  },

  /** Numbers of the upright axis under the axis' name. */
  coveredTicks() {
    const canvas = document.querySelector("#stage-2d canvas");
    const { x, y } = canvas.getBoundingClientRect();
    const name = canvas.picture?.words.at(-1) ?? { x: 0, y: 0, width: 1e4, size: 1e4 };
    const numbers = [...document.querySelectorAll("#stage-2d .ytick text")];
    return probes.told(numbers.filter((one) => {
      const box = one.getBoundingClientRect();
      const above = box.bottom < y + name.y - name.size / 2 || box.top > y + name.y + name.size / 2;
      return !above && box.left < x + name.x + name.width;
    }));
  },

  /** Texts that are cut off inside their own box. */
  cut() {
    const all = probes.visible("button, label, summary, h2, p, td, th, option, .segments span");
    return probes.told(all.filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === "hidden"
      && !one.matches(".unseen")));
  },

  /** Words of labels that go on in another line. */
  broken() {
    const lines = (node, from, to) => {
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, to);
      return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
    };
    const words = (node) => [...node.data.matchAll(/[A-Za-z]+/g)].filter(({ 0: word, index }) => lines(node, index, index + word.length) > 1);
    return probes.visible(".knob > label").flatMap((one) => words(one.firstChild).map(([word]) => word));
  },

  /** Everything that is seen or read aloud, without formulas, keys and the name in another language. */
  texts() {
    const texts = [document.title];
    const spoken = (one) => one && !one.closest("math, script, style, noscript, kbd, body [lang]");
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) if (spoken(nodes.currentNode.parentElement)) texts.push(nodes.currentNode.data);
    for (const name of ["aria-label", "title", "alt", "placeholder", "aria-valuetext"])
      for (const one of document.body.querySelectorAll(`[${name}]`)) if (spoken(one)) texts.push(one.getAttribute(name));
    for (const { picture } of document.querySelectorAll("canvas")) for (const { text } of picture?.words ?? []) texts.push(text);
    return texts;
  },

  /** Pictures of the gallery that are not painted yet. */
  unpainted() {
    return probes.told(probes.visible(".tile canvas").filter((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size < 20;
    }));
  },

  /** Counts from now on what Plotly draws anew: its contour, its surface, its lines in space. */
  followGround() {
    const redrawn = (window.redrawn = { contour: 0, surface: 0, lines: 0 });
    new MutationObserver((changes) => (redrawn.contour += changes.length)).observe(document.querySelector("#stage-2d .plot"), {
      subtree: true, childList: true, attributes: true,
    });
    for (const trace of Object.values(document.querySelector("#stage-3d .plot")._fullLayout.scene._scene.traces)) {
      const { update } = trace;
      const name = trace.data.type === "surface" ? "surface" : "lines";
      trace.update = function (...given) {
        redrawn[name] += 1;
        return update.apply(this, given);
      };
    }
  },
};
