// Shows a class's work on the page, from the files that lie in it and those that are dropped on it. What pupils typed stays text.
"use strict";
(() => {
  const reckon = window.classReckon, more = window.classAbout, reading = window.courseReading, about = window.courseAbout;
  const place = id => document.getElementById(id), files = [];
  let names = false, lesson = "";

  /* Return an element: its attributes, then what stands in it; strings stay text. */
  function el(tag, attributes, ...inside) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) if (value !== undefined && value !== false) node.setAttribute(name, value);
    node.append(...inside.flat().filter(one => one !== null && one !== undefined && one !== ""));
    return node;
  }
  function svg(tag, attributes, ...inside) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...inside);
    return node;
  }
  const times = (count, one, many) => `${count} ${count === 1 ? one : many || `${one}s`}`;
  const short = value => reading.general(value, 6), percent = ({ right, of }) => of ? Math.round(100 * right / of) : 0;
  function fill(id, content, empty) {
    place(id).hidden = !content.length && !empty;
    place(id).querySelector(".body").replaceChildren(...(content.length ? content : [el("p", {}, empty || "")]));
  }

  // ---- who is who: with names hidden a pupil has a number, in an order that the alphabet doesn't tell
  function mixed(text) {
    let sum = 2166136261;
    for (const sign of text) sum = Math.imul(sum ^ sign.codePointAt(0), 16777619) >>> 0;
    return sum;
  }
  function shownNames(pupils) {
    const order = pupils.map((pupil, at) => [mixed(pupil.files[0]), at]).sort((one, other) => one[0] - other[0] || one[1] - other[1]);
    const numbers = [];
    order.forEach(([, at], number) => { numbers[at] = number + 1; });
    const twice = name => pupils.filter(one => one.name === name).length > 1;
    return pupils.map((pupil, at) => names ? (twice(pupil.name) ? `${pupil.name} (${pupil.files[0]})` : pupil.name) : `Pupil ${numbers[at]}`);
  }

  const inOrder = called => (one, other) => names ? one - other : called[one].localeCompare(called[other], "en", { numeric: true });

  // ---- parts
  /* A table that may be wider than a phone: it is moved sideways, by keys too. */
  const wide = (label, table) => el("div", { class: "wide", tabindex: "0", role: "region", "aria-label": label }, table);
  function byPupil(pupils, called) {
    const done = pupils.map(reckon.lessons), shown = Object.keys(more.lessons).filter(one => done.some(all => all[one]) && (!lesson || one === lesson));
    const order = pupils.map((_, at) => at).sort(inOrder(called));
    const told = work => !work ? "" : [`${work.answers} of ${more.asked[work.lesson]}`, work.guesses ? times(work.guesses, "guess", "guesses") : "", work.texts ? times(work.texts, "text") : ""].filter(Boolean).join(", ");
    const rows = order.map(at => el("tr", {}, el("th", { scope: "row" }, called[at]), shown.map(one => el("td", {}, told(done[at][one] && { ...done[at][one], lesson: one })))));
    const head = () => el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "pupil"), shown.map(one => el("th", { scope: "col" }, `${one} ${more.lessons[one]}`))));
    const half = rows.length > 12 && shown.length < 3 ? Math.ceil(rows.length / 2) : rows.length;
    return [el("p", { class: "small" }, "Exercises answered of those in the lesson, guesses, texts."),
      el("div", { class: "halves" }, [rows.slice(0, half), rows.slice(half)].filter(part => part.length)
        .map((part, at) => wide(`Pupils and lessons${at ? ", second half" : ""}`, el("table", {}, head(), el("tbody", {}, part)))))];
  }

  const WIDTH = 600, EDGE = 10, DOT = 6;
  function strip(guess) {
    const { values, lowest, middle, highest } = guess, steps = lowest > 0 && highest / lowest >= 50;
    const scale = steps ? Math.log10 : value => value, from = scale(lowest), span = scale(highest) - from || 1;
    const x = value => EDGE + (WIDTH - 2 * EDGE) * (scale(value) - from) / span, stacks = {};
    const dots = values.map(value => {
      const column = Math.round(x(value) / (2 * DOT)), level = stacks[column] = (stacks[column] || 0) + 1;
      return [x(value), level];
    });
    const high = 2 * DOT * Math.max(...dots.map(([, level]) => level)) + 12;
    const label = `${values.length} guesses from ${short(lowest)} to ${short(highest)}, the middle one ${short(middle)}`;
    return [
      svg("svg", { viewBox: `0 0 ${WIDTH} ${high + 8}`, role: "img", "aria-label": label, class: "strip" },
        svg("line", { x1: 0, x2: WIDTH, y1: high, y2: high, class: "axis" }),
        ...[lowest, middle, highest].map(value => svg("line", { x1: x(value), x2: x(value), y1: high, y2: high + 8, class: "axis" })),
        svg("line", { x1: x(middle), x2: x(middle), y1: 0, y2: high, class: "middle" }),
        ...dots.map(([across, level]) => svg("circle", { cx: across, cy: high - DOT - 2 * DOT * (level - 1), r: DOT - 1 }))),
      el("p", { class: "three" }, el("span", {}, "lowest ", el("b", {}, short(lowest))), el("span", {}, "middle ", el("b", {}, short(middle))),
        el("span", {}, "highest ", el("b", {}, short(highest)))),
      steps ? el("p", { class: "small" }, "Each step to the right multiplies: the guesses lie far apart.") : null,
    ];
  }
  const bar = (part, of, words, kind = "") => el("div", { class: `bar ${kind}` }, el("span", { class: "words" }, words),
    el("span", { class: "track", "aria-hidden": "true" }, el("span", { class: "filled", style: `width:${of ? 100 * part / of : 0}%` })));
  function guessed(guess) {
    const said = guess.words.reduce((sum, [, count]) => sum + count, 0);
    return el("article", {}, el("h3", {}, guess.key, guess.unit ? el("span", { class: "unit" }, ` ${guess.unit}`) : ""),
      guess.values.length ? strip(guess) : [], guess.words.map(([word, count]) => bar(count, guess.values.length + said, `${word}: ${count}`)),
      guess.changed ? el("p", { class: "small" }, `${times(guess.changed, "pupil")} changed it later.`) : null);
  }

  const spelt = (row, given) => String(typeof given === "number" ? reading.general(given) : given)
    .split(", ").map(one => row.kind !== "order" && row.options[one] ? `${one}) ${row.options[one]}` : one).join(row.kind === "order" ? ", " : "; ");
  function exercise(one) {
    const { key, row, first, last, mistake } = one, known = more.questions[key];
    const right = row.right.map(answer => spelt(row, answer)).join(" or ") + (row.unit ? ` ${row.unit}` : "");
    const made = mistake && [el("b", {}, `Commonest mistake at the first try, ${mistake.count} of ${first.of}: `),
      `${mistake.given.slice(0, 3).map(given => spelt(row, given)).join(" / ")}. `, el("q", {}, mistake.says)];
    return el("article", { class: "exercise" },
      el("div", {}, el("h3", {}, key), el("p", {}, known.prompt), el("p", { class: "small" }, el("b", {}, "Right: "), right), made ? el("p", { class: "mistake" }, made) : null),
      el("div", {}, bar(first.right, first.of, `right at first: ${percent(first)}% (${first.right} of ${first.of})`, "first"),
        bar(last.right, last.of, `right at last: ${percent(last)}% (${last.right} of ${last.of})`, "last")));
  }

  function verdict(one) {
    const words = about.verdicts, most = Math.max(...words.map(word => Math.max(one.first[word] || 0, one.later[word] || 0)));
    const shade = count => count ? `--share:${Math.round(55 * count / most)}%` : undefined;
    const total = part => words.reduce((sum, word) => sum + (part[word] || 0), 0);
    const row = (name, part) => el("tr", {}, el("th", { scope: "row" }, `${name} (${total(part)})`),
      words.map(word => el("td", { class: `count${word === one.verdict ? " ours" : ""}`, style: shade(part[word]) }, part[word] ? String(part[word]) : "–")));
    const head = words.map(word => el("th", { scope: "col", class: word === one.verdict ? "ours" : undefined }, word, word === one.verdict ? el("small", {}, "ours") : ""));
    return el("article", {}, el("h3", {}, one.claim, el("span", { class: "unit" }, ` ${one.words}`)),
      el("p", { class: "small" }, `Ours: ${one.verdict}, with ${one.confidence} confidence.`),
      wide(`Verdicts on ${one.claim}`, el("table", { class: "verdicts" }, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "verdicts"), head)),
        el("tbody", {}, row("first", one.first), row("later", one.later)))));
  }

  function sureness(result) {
    if (!result.verdicts) return [];
    const rows = result.groups.map(one => el("tr", {}, el("th", { scope: "row" }, `${one.group}% sure`), el("td", {}, String(one.verdicts)),
      el("td", {}, bar(one.sure, 100, `${reckon.rounded(one.sure)}%`)), el("td", {}, bar(one.right, 100, `${reckon.rounded(one.right)}%`, "last"))));
    return [el("p", {}, reckon.inWords(result, "The class")), el("p", { class: "small" }, "Last verdicts of all pupils on all claims. Ours are judgements too: the points measure agreement with us, not with the truth."),
      wide("How sure and how often the same word", el("table", {}, el("thead", {}, el("tr", {},
        ["how sure", "verdicts", "sure on average", "same word as ours"].map(word => el("th", { scope: "col" }, word)))), el("tbody", {}, rows)))];
  }

  function written(one, called) {
    return el("section", { class: "task" }, el("h3", {}, one.key), el("p", {}, one.says, one.words ? ` (About ${one.words} words.)` : ""),
      [...one.given].sort((mine, other) => inOrder(called)(mine.place, other.place)).map(({ place: at, text, count, ids }) => el("article", { class: "text" }, el("p", { class: "by" }, el("b", {}, called[at]), ` · ${times(count, "word")}${ids.length ? ` · ${ids.join(", ")}` : " · no source id"}`),
        el("blockquote", {}, text))));
  }

  function told(list, pupils, called) {
    const numbers = new Map([...new Set(list.flatMap(one => [one.file, one.other]).filter(Boolean))].map((name, at) => [name, at + 1]));
    const file = name => names ? name : `File ${numbers.get(name)}`;
    return list.map(one => el("li", {}, el("b", {}, file(one.file)), ` ${one.says}`, one.other ? ` ${file(one.other)}.` : ""));
  }

  // ---- the page
  function draw() {
    const { pupils, aside, remarks } = reckon.sorted(files), called = shownNames(pupils), here = one => !lesson || one.lesson === lesson;
    const claims = one => !lesson || one.lessons.includes(lesson);
    document.body.classList.toggle("empty", !files.length);
    const done = [...new Set(pupils.flatMap(one => Object.keys(reckon.lessons(one))))].sort();
    place("sum").textContent = files.length ? `${times(pupils.length, "pupil")}${done.length ? `, lessons ${done.join(", ")}` : ""}; ${times(files.length, "file")}, ${aside.length} set aside.` : "";
    const chooser = place("lesson"), wanted = ["", ...done];
    if (wanted.join() !== [...chooser.options].map(one => one.value).join())
      chooser.replaceChildren(...wanted.map(one => el("option", { value: one }, one ? `${one} ${more.lessons[one]}` : "all lessons")));
    if (!done.includes(lesson)) lesson = "";
    chooser.value = lesson;
    fill("pupils", pupils.length ? byPupil(pupils, called) : [], files.length ? "No file could be read: see below." : "");
    fill("guesses", reckon.guesses(pupils).filter(here).map(guessed));
    fill("exercises", reckon.exercises(pupils).filter(here).map(exercise));
    fill("verdicts", reckon.verdicts(pupils).filter(claims).map(verdict));
    fill("calibration", sureness(reckon.calibration(pupils)));
    fill("texts", reckon.texts(pupils).filter(here).map(one => written(one, called)));
    const both = [...aside, ...remarks], list = told(both, pupils, called);
    fill("files", [both.length && !names && el("p", { class: "small" }, "A file's name may tell a pupil's: Show names shows them."), aside.length && el("p", {}, "Set aside, not counted:"), aside.length && el("ul", {}, list.slice(0, aside.length)),
      remarks.length && el("p", {}, "Counted, with a remark:"), remarks.length && el("ul", {}, list.slice(aside.length))].filter(Boolean));
    place("names").setAttribute("aria-pressed", String(names));
    place("names").textContent = names ? "Hide names" : "Show names";
    place("hidden").textContent = names ? "With names." : "Names hidden.";
  }
  /* Take files in: of one that is too large only the name. */
  async function take(list) {
    for (const file of list) {
      const name = file.webkitRelativePath ? file.webkitRelativePath.split("/").slice(1).join("/") : file.name;
      if (/(^|\/)(\.|__MACOSX\/)/.test(name) || /(^|\/)class(-\d+)?\.html$/.test(name)) continue;
      try {
        files.push(file.size > more.largest ? { name, trouble: more.words.large } : { name, bytes: new Uint8Array(await file.arrayBuffer()) });
      } catch (_) {
        files.push({ name, trouble: more.words.closed });
      }
    }
    draw();
  }
  for (const { name, held, trouble } of more.files)
    files.push(trouble ? { name, trouble } : { name, bytes: Uint8Array.from(atob(held), sign => sign.charCodeAt(0)) });
  place("names").onclick = () => { names = !names; draw(); };
  place("lesson").onchange = event => { lesson = event.target.value; draw(); };
  place("print").onclick = () => window.print();
  place("clear").onclick = () => { files.length = 0; draw(); };
  for (const id of ["files-in", "folder-in"]) {
    place(`choose-${id}`).onclick = () => place(id).click();
    place(id).onchange = async event => { await take([...event.target.files]); event.target.value = ""; };
  }
  for (const kind of ["dragover", "dragleave", "drop"]) document.addEventListener(kind, event => {
    event.preventDefault();
    document.body.classList.toggle("over", kind === "dragover");
    if (kind === "drop") take([...event.dataTransfer.files]);
  });
  draw();
  window.classTake = take;
})();
