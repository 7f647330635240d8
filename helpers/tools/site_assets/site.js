// Charts, definitions and keyboard access of the pages. Nothing here asks another computer for anything.
"use strict";
(() => {
  const here = document.currentScript.src;

  // --- charts: one plotly.js for all pages, fetched from beside this file only where there are charts
  const figures = [...document.querySelectorAll("figure.chart")];

  const charts = figure => [...figure.querySelectorAll("script")].map(one => JSON.parse(one.textContent));

  /* The place of the chart that fits: 0 the wide one, 1 the one for a telephone, where there is one and the wide one would be cut. */
  function fitting(figure) {
    const [{ layout }, narrow] = charts(figure), { paddingLeft, paddingRight } = getComputedStyle(figure);
    return Number(Boolean(narrow) && figure.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) < layout.width);
  }
  async function draw(figure) {
    const place = fitting(figure), { data, layout, config, frames } = charts(figure)[place];
    figure.dataset.drawn = place;
    const box = figure.querySelector(".drawing"), before = box._fullLayout && (box._fullLayout.sliders || [])[0];
    if (layout.height) box.style.height = `${layout.height}px`;
    await Plotly.newPlot(box, { data, layout: { ...layout, width: layout.width || box.clientWidth }, frames,
      config: place ? { ...config, displayModeBar: false } : config }); // on a telephone plotly's own buttons would lie on the title
    if (before && before.active !== layout.sliders[0].active) { // the slider stays where the reader has put it
      const step = layout.sliders[0].steps[before.active];
      await Plotly[step.method](box, ...step.args);
      await Plotly.relayout(box, { "sliders[0].active": before.active });
    }
    // The words beside a chart say what it shows; letter by letter the drawing would only confuse a screen reader.
    box.querySelectorAll(".svg-container > svg").forEach(part => part.setAttribute("aria-hidden", "true"));
    reach(figure); // drawn, it may be wider than its box
  }
  /* A chart of a given width is drawn again when another one fits; any other follows the window. Paper keeps what the screen shows. */
  function follow(figure) {
    const box = figure.querySelector(".drawing"), fixed = Boolean(charts(figure)[0].layout.width);
    if (!fixed) box.style.minWidth = 0; // it may become narrower again with the window
    new ResizeObserver(() => {
      if (!figure.clientWidth || matchMedia("print").matches) return;
      if (fixed && Number(figure.dataset.drawn) !== fitting(figure)) draw(figure);
      if (!fixed && Math.abs(box.clientWidth - box._fullLayout.width) > 1) Plotly.relayout(box, { width: box.clientWidth });
    }).observe(fixed ? figure : box);
  }

  if (figures.length) {
    const library = document.createElement("script");
    library.src = new URL("plotly.min.js", here).href;
    library.onload = async () => {
      for (const figure of figures) {
        await draw(figure);
        follow(figure);
        await new Promise(done => setTimeout(done));
      }
      document.documentElement.dataset.charts = "drawn";
    };
    library.onerror = () => figures.forEach(figure =>
      figure.insertAdjacentHTML("beforeend", "<p>The file plotly.min.js is missing beside these pages: copy the whole folder again.</p>"));
    document.head.append(library);
  }

  /* Plotly's own sliders know no keys: the same steps stand in a slider of the page. */
  function slide(figure) {
    const { layout } = JSON.parse(figure.querySelector("script").textContent), box = figure.querySelector(".drawing");
    (layout.sliders || []).forEach((slider, place) => {
      const label = document.createElement("label"), input = document.createElement("input"), said = document.createElement("output");
      Object.assign(input, { type: "range", min: 0, max: slider.steps.length - 1, value: slider.active || 0 });
      const tell = () => {
        said.textContent = strip(slider.steps[input.value].label);
        input.setAttribute("aria-valuetext", said.textContent);
      };
      input.addEventListener("input", () => {
        const step = slider.steps[input.value];
        Plotly[step.method](box, ...structuredClone(step.args));
        Plotly.relayout(box, { [`sliders[${place}].active`]: Number(input.value) });
        tell();
      });
      label.className = "under-chart";
      label.append(`${strip(slider.currentvalue && slider.currentvalue.prefix) || "Steps"} `, input, " ", said);
      tell();
      figure.after(label);
    });
  }

  // --- under every figure its numbers and its picture, with title, source and how to cite
  const strip = text => new DOMParser().parseFromString(String(text || "").replace(/<br>/g, " "), "text/html").body.textContent.trim();

  function about(figure) {
    const [{ layout }] = charts(figure);
    const sources = (layout.annotations || []).find(note => note.name === "sources");
    const page = (document.querySelector("h1") || document).textContent.replace(/[#¶]\s*$/, "").trim();
    return { title: strip(layout.title && layout.title.text), sources: strip(sources && sources.text), cite: `Cite as: "${strip(layout.title && layout.title.text)}", ` +
      `in: The Sino-Soviet Split, Claim by Claim, ${page.replace(/[?.!]$/, "")}. CC BY 4.0.` };
  }
  /* The table in the words that follow a chart, or nothing where another chart comes first. */
  function tableAfter(figure) {
    const next = [...document.querySelectorAll("figure.chart, details")].find(one =>
      figure.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING &&
      (one.matches("figure") || one.querySelector("summary").textContent.startsWith("The figure in words and numbers")));
    return next && next.querySelector("table");
  }
  /* The numbers that a chart of plotly's own draws: a name, and where each mark stands. */
  function marks(figure) {
    const axis = name => { // an axis without a title has plotly's invitation to write one
      const words = strip((figure.querySelector(".drawing")._fullLayout[name].title || {}).text);
      return words && !words.startsWith("Click to enter") ? words : name[0];
    };
    const rows = figure.querySelector(".drawing")._fullData.flatMap(trace => [...trace.x].map((x, place) => [trace.name, x, trace.y[place]]));
    return [["series", axis("xaxis"), axis("yaxis")], ...rows];
  }
  function give(name, blob) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
  function numbers(figure) {
    const quoted = cell => /[",\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell;
    const { title, sources, cite } = about(figure);
    const table = tableAfter(figure);
    const rows = table ? [...table.rows].map(row => [...row.cells].map(cell => cell.textContent.trim())) : marks(figure);
    const above = [title, sources && `Sources: ${sources}`, cite].filter(Boolean).map(line => `# ${line}`);
    return [...above, ...rows.map(row => row.map(cell => quoted(String(cell))).join(","))].join("\r\n") + "\r\n";
  }
  async function picture(figure) {
    const box = figure.querySelector(".drawing"), { cite } = about(figure);
    const { data, layout } = charts(figure)[0]; // on a telephone too: a picture is for a sheet or a wall
    const height = (layout.height || box._fullLayout.height) + 40, width = layout.width || Math.max(760, box._fullLayout.width);
    const note = { text: cite.replace(/(.{60,95}) /g, "$1<br>"), align: "left", xref: "paper", yref: "container", x: 0, y: 0, xanchor: "left", yanchor: "bottom", showarrow: false, font: { size: 11 } };
    const margin = { ...layout.margin, b: (layout.margin && layout.margin.b || 80) + 40 };
    const shown = { data, layout: { ...layout, width, height, margin, annotations: [...(layout.annotations || []), { ...note, yref: "paper", yshift: -margin.b }] } };
    return (await fetch(await Plotly.toImage(shown, { format: "png", width, height, scale: 2 }))).blob();
  }
  for (const figure of figures) {
    const bar = document.createElement("div"), name = figure.id.replace(/^chart-/, "");
    bar.className = "under-chart";
    for (const [words, act] of [
      ["Numbers (CSV)", () => give(`${name}.csv`, new Blob(["\ufeff", numbers(figure)], { type: "text/csv" }))],
      ["Picture (PNG)", async () => give(`${name}.png`, await picture(figure))],
    ]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words;
      button.setAttribute("aria-label", `${words}: ${about(figure).title}`);
      button.addEventListener("click", act);
      bar.append(button);
    }
    figure.after(bar);
    slide(figure);
  }

  // --- boxes that scroll sideways can be reached and scrolled with the keyboard
  const boxes = new ResizeObserver(entries => entries.forEach(({ target }) => reach(target)));
  function reach(box) {
    const scrolls = box.scrollWidth > box.clientWidth + 1;
    if (scrolls) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
    if (box.matches("figure")) return;
    if (scrolls) {
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", box.matches("pre") ? "Code, scrolls sideways" : "Table, scrolls sideways");
    } else {
      ["role", "aria-label"].forEach(name => box.removeAttribute(name));
    }
  }
  document.querySelectorAll(".pst-scrollable-table-container, figure.chart, pre").forEach(box => boxes.observe(box));

  // --- definitions: a note beside a glossary word, on pointing or on keyboard focus; Escape closes it
  const terms = window.courseTerms || {};
  const note = document.createElement("div");
  note.id = "term-note";
  note.setAttribute("role", "tooltip");
  note.hidden = true;
  document.body.append(note);
  let shown = null, leaving = 0;

  function show(link) {
    const text = terms[decodeURIComponent(link.hash.slice(1))];
    if (!text) return;
    clearTimeout(leaving);
    hide();
    shown = link;
    note.textContent = text;
    note.hidden = false;
    link.setAttribute("aria-describedby", note.id);
    const place = link.getBoundingClientRect(), size = note.getBoundingClientRect();
    const above = place.bottom + size.height + 8 > innerHeight;
    note.style.left = `${Math.max(8, Math.min(place.left, document.documentElement.clientWidth - size.width - 8)) + scrollX}px`;
    note.style.top = `${(above ? place.top - size.height - 4 : place.bottom + 4) + scrollY}px`;
  }
  function hide() {
    note.hidden = true;
    if (shown) shown.removeAttribute("aria-describedby");
    shown = null;
  }
  const soon = () => { leaving = setTimeout(hide, 200); };
  document.querySelectorAll("a.term").forEach(link => {
    link.addEventListener("mouseenter", () => show(link));
    link.addEventListener("focus", () => show(link));
    link.addEventListener("mouseleave", soon);
    link.addEventListener("blur", hide);
  });
  note.addEventListener("mouseenter", () => clearTimeout(leaving));
  note.addEventListener("mouseleave", soon);
  document.addEventListener("keydown", event => { if (event.key === "Escape") hide(); });

  const sidebar = document.querySelector(".bd-sidebar-primary");
  if (sidebar) {
    sidebar.setAttribute("role", "complementary");
    sidebar.setAttribute("aria-label", "Course");
  }
})();
