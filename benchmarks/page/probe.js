/* Put into both pages before their own scripts: when keys were pressed, and when each picture was painted.
   A picture is painted in the frame that follows its `downhill:drawn`, or in the very frame in whose callbacks that comes. */
(() => {
  const probe = { keys: [], painted: [], ready: false };
  const channel = new MessageChannel();
  const ask = window.requestAnimationFrame.bind(window);
  const told = [];
  const open = [];
  let inFrame = false;

  window.probe = probe;
  window.requestAnimationFrame = (callback) =>
    ask((time) => {
      inFrame = true;
      try {
        callback(time);
      } finally {
        inFrame = false;
      }
    });

  const close = () => {
    const now = performance.now();
    for (const picture of open.splice(0)) picture.at = now;
  };
  channel.port1.onmessage = close;

  /* Runs in the frame that shows what was told. It is over when the next task runs or the next frame begins. */
  const inThisFrame = () => {
    const scene = told.splice(0).at(-1);
    if (scene === undefined) return;
    const picture = { scene, at: Infinity };
    open.push(picture);
    probe.painted.push(picture);
    channel.port2.postMessage(0);
    ask(close);
  };

  addEventListener("keydown", (event) => probe.keys.push(event.timeStamp), true);
  document.addEventListener("downhill:ready", () => (probe.ready = true));
  document.addEventListener("downhill:drawn", ({ detail }) => {
    told.push(detail.scene);
    if (inFrame) inThisFrame();
    else ask(inThisFrame);
  });
})();
