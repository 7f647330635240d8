/* Shows plotly's charts in JupyterLab: each is drawn once, when it comes near the screen.
   (plotly's own part for JupyterLab draws every chart of a lesson several times while the page opens, and Python waits for it.) */
"use strict";
(() => {
  const MIME = "application/vnd.plotly.v1+json", HEIGHT = 360, NEAR = "400px";
  const PLOTLY = new URL("{plotly}", document.currentScript.src).href;
  let asked = null, shared = null;

  /* plotly.js itself, once: it keeps the page busy for a while, so it is read when the first chart is there. */
  function library() {
    asked = asked || new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = PLOTLY;
      script.onload = () => resolve(window.Plotly);
      script.onerror = () => reject(new Error("The charts need a file that this server does not give: {plotly}"));
      document.head.append(script);
    });
    return asked;
  }

  const near = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) if (isIntersecting) target.courseChart.draw();
  }, { rootMargin: NEAR });

  async function extension() {
    fetch(PLOTLY).then((answer) => answer.arrayBuffer()).catch(() => null); // the browser has it then
    const versions = shared["@lumino/widgets"];
    const { Widget } = (await versions[Object.keys(versions)[0]].get())();

    class Chart extends Widget {
      constructor() {
        super();
        this.addClass("jp-RenderedPlotly");
        this.node.courseChart = this;
      }

      renderModel(model) {
        this.figure = model.data[MIME];
        const { height } = this.figure.layout || {};
        if (!this.drawn) this.node.style.minHeight = `${height || HEIGHT}px`; // so that nothing jumps when it is drawn
        near.unobserve(this.node);
        near.observe(this.node); // tells at once where it is
        return Promise.resolve();
      }

      async draw() {
        near.unobserve(this.node);
        try {
          const Plotly = await library();
          if (this.isDisposed) return;
          if (!this.node.offsetWidth) return near.observe(this.node); // scrolled past meanwhile
          const { data, layout, frames, config } = structuredClone(this.figure); // what is drawn is changed by plotly; a notebook is not
          await Plotly.react(this.node, data, { ...layout, height: (layout || {}).height || HEIGHT }, config);
          if (frames && frames.length) await Plotly.addFrames(this.node, frames);
          this.drawn = this.node.offsetWidth;
          this.node.style.minHeight = "";
        } catch (error) {
          this.node.textContent = String(error.message || error);
        }
      }

      onAfterAttach() { this.fitted(); }
      onAfterShow() { this.fitted(); }
      onResize() { this.fitted(); }

      /* As wide as its place. */
      fitted() {
        const wide = this.node.offsetWidth;
        if (!this.drawn || !wide || wide === this.drawn) return;
        this.drawn = wide;
        window.Plotly.Plots.resize(this.node);
      }

      dispose() {
        if (this.isDisposed) return;
        near.unobserve(this.node);
        if (this.drawn) window.Plotly.purge(this.node);
        super.dispose();
      }
    }

    return [
      {
        id: "course-charts:plotly",
        rendererFactory: { safe: true, mimeTypes: [MIME], createRenderer: () => new Chart() },
        rank: 0,
        dataType: "json",
      },
    ];
  }

  /* What JupyterLab asks of a part that it loads. */
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["course-charts"] = {
    init: (scope) => { shared = scope; },
    get: async () => {
      const plugins = await extension();
      return () => ({ __esModule: true, default: plugins });
    },
  };
})();
