// Charts, definitions and keyboard access of the pages. Nothing here asks another computer for anything.
"use strict";
(() => {
  const here = document.currentScript.src;

  // --- charts: one plotly.js for all pages, fetched from beside this file only where there are charts
  const figures = [...document.querySelectorAll("figure.chart")];

  function draw(figure) {
    const { data, layout, config, frames } = JSON.parse(figure.querySelector("script").textContent);
    const box = figure.querySelector(".drawing");
    const fixed = Boolean(layout.width);
    const drawn = Plotly.newPlot(box, { data, layout: { ...layout, width: layout.width || box.clientWidth }, config, frames });
    // The words beside a chart say what it shows; letter by letter the drawing would only confuse a screen reader.
    box.querySelectorAll(".svg-container > svg").forEach(part => part.setAttribute("aria-hidden", "true"));
    if (!fixed) {
      new ResizeObserver(() => {
        if (box.clientWidth && Math.abs(box.clientWidth - box._fullLayout.width) > 1) Plotly.relayout(box, { width: box.clientWidth });
      }).observe(box);
    }
    return drawn;
  }

  if (figures.length) {
    const library = document.createElement("script");
    library.src = new URL("plotly.min.js", here).href;
    library.onload = async () => {
      for (const figure of figures) {
        await draw(figure);
        await new Promise(done => setTimeout(done));
      }
      document.documentElement.dataset.charts = "drawn";
    };
    library.onerror = () => figures.forEach(figure =>
      figure.insertAdjacentHTML("beforeend", "<p>The file plotly.min.js is missing beside these pages: copy the whole folder again.</p>"));
    document.head.append(library);
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
