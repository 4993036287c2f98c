/* Put into both pages before their own scripts: when keys were pressed, and when each picture was painted.
   A picture is painted in the frame that follows its `downhill:drawn`, or in the very frame in whose callbacks that comes. */
(() => {
  const probe = { keys: [], painted: [], ready: false };
  const channel = new MessageChannel();
  const ask = window.requestAnimationFrame.bind(window);
  const told = [];
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

  channel.port1.onmessage = () => {
    const scene = told.splice(0).at(-1);
    if (scene !== undefined) probe.painted.push({ scene, at: performance.now() });
  };
  const afterThisFrame = () => channel.port2.postMessage(0);

  addEventListener("keydown", (event) => probe.keys.push(event.timeStamp), true);
  document.addEventListener("downhill:ready", () => (probe.ready = true));
  document.addEventListener("downhill:drawn", ({ detail }) => {
    told.push(detail.scene);
    if (inFrame) afterThisFrame();
    else ask(afterThisFrame);
  });
})();
