// Shows a class's work on the page, from the files that lie in it and those that are dropped on it. What pupils typed stays text.
"use strict";
(() => {
  const reckon = window.classReckon, more = window.classAbout, reading = window.courseReading, about = window.courseAbout;
  const place = id => document.getElementById(id), files = [];
  let names = false, lesson = "";

  /* Return an element: its attributes, then what stands in it; strings stay text. */
  function el(tag, attributes, ...inside) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {}))
      if (value !== undefined && value !== false) node.setAttribute(name, value);
    node.append(...inside.flat().filter(one => one !== null && one !== undefined && one !== ""));
    return node;
  }
  const para = (look, ...inside) => el("p", { class: look }, ...inside);
  const cell = one => one instanceof Node && one.tagName === "TD" ? one : el("td", {}, one);
  /* A table of headings and rows; the first cell of a row heads it. It may be wider than a phone: it is moved sideways, by keys too. */
  function table(label, heads, rows, look) {
    const head = el("thead", {}, el("tr", {}, heads.map(one => one instanceof Node ? one : el("th", { scope: "col" }, one))));
    const body = rows.map(([first, ...rest]) => el("tr", {}, el("th", { scope: "row" }, first), rest.map(cell)));
    const whole = el("table", { class: look }, head, el("tbody", {}, body));
    return el("div", { class: "wide", tabindex: "0", role: "region", "aria-label": label }, whole);
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
    const own = pupil => twice(pupil.name) ? `${pupil.name} (${pupil.files[0]})` : pupil.name;
    return pupils.map((pupil, at) => names ? own(pupil) : `Pupil ${numbers[at]}`);
  }

  const inOrder = called => (one, other) => names ? one - other : called[one].localeCompare(called[other], "en", { numeric: true });

  // ---- parts
  function byPupil(pupils, called) {
    const done = pupils.map(reckon.lessons);
    const shown = Object.keys(more.lessons).filter(one => done.some(all => all[one]) && (!lesson || one === lesson));
    const told = (work, one) => work ? [`${work.answers} of ${more.asked[one]}`, work.guesses && times(work.guesses, "guess", "guesses"),
      work.texts && times(work.texts, "text")].filter(Boolean).join(", ") : "";
    const order = pupils.map((_, at) => at).sort(inOrder(called));
    const rows = order.map(at => [called[at], ...shown.map(one => told(done[at][one], one))]);
    const heads = ["pupil", ...shown.map(one => `${one} ${more.lessons[one]}`)];
    const half = rows.length > 12 && shown.length < 3 ? Math.ceil(rows.length / 2) : rows.length;
    return [para("small", "Exercises answered of those in the lesson, guesses, texts."),
      el("div", { class: "halves" }, [rows.slice(0, half), rows.slice(half)].filter(part => part.length)
        .map((part, at) => table(`Pupils and lessons${at ? ", second half" : ""}`, heads, part)))];
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
      para("three", [["lowest", lowest], ["middle", middle], ["highest", highest]].map(([name, value]) =>
        el("span", {}, `${name} `, el("b", {}, short(value))))),
      steps ? para("small", "Each step to the right multiplies: the guesses lie far apart.") : null,
    ];
  }
  const bar = (part, of, words, kind = "") => el("div", { class: `bar ${kind}` }, el("span", { class: "words" }, words),
    el("span", { class: "track", "aria-hidden": "true" }, el("span", { class: "filled", style: `width:${of ? 100 * part / of : 0}%` })));
  function guessed(guess) {
    const said = guess.words.reduce((sum, [, count]) => sum + count, 0);
    return el("article", {}, el("h3", {}, guess.key, guess.unit ? el("span", { class: "unit" }, ` ${guess.unit}`) : ""),
      guess.values.length ? strip(guess) : [],
      guess.words.map(([word, count]) => bar(count, guess.values.length + said, `${word}: ${count}`)),
      guess.changed ? para("small", `${times(guess.changed, "pupil")} changed it later.`) : null);
  }

  function spelt(row, given) {
    const parts = String(typeof given === "number" ? reading.general(given) : given).split(", ");
    return row.kind === "order" ? parts.join(", ") : parts.map(one => row.options[one] ? `${one}) ${row.options[one]}` : one).join("; ");
  }
  function exercise({ key, row, first, last, mistake }) {
    const right = row.right.map(answer => spelt(row, answer)).join(" or ") + (row.unit ? ` ${row.unit}` : "");
    const made = mistake && para("mistake", el("b", {}, `Commonest mistake at the first try, ${mistake.count} of ${first.of}: `),
      `${mistake.given.slice(0, 3).map(given => spelt(row, given)).join(" / ")}. `, el("q", {}, mistake.says));
    const share = (name, one) => `right at ${name}: ${percent(one)}% (${one.right} of ${one.of})`;
    return el("article", { class: "exercise" },
      el("div", {}, el("h3", {}, key), el("p", {}, more.questions[key].prompt), para("small", el("b", {}, "Right: "), right), made),
      el("div", {}, bar(first.right, first.of, share("first", first), "first"), bar(last.right, last.of, share("last", last), "last")));
  }

  function verdict(one) {
    const words = about.verdicts, ours = word => word === one.verdict;
    const most = Math.max(...words.map(word => Math.max(one.first[word] || 0, one.later[word] || 0)));
    const count = number => number ? [`--share:${Math.round(55 * number / most)}%`, String(number)] : ["", "–"];
    const row = (name, part) => {
      const all = words.reduce((sum, word) => sum + (part[word] || 0), 0);
      return [`${name} (${all})`, ...words.map(word => {
        const [style, told] = count(part[word]);
        return el("td", { class: ours(word) ? "count ours" : "count", style }, told);
      })];
    };
    const heads = words.map(word => ours(word) ? el("th", { scope: "col", class: "ours" }, word, el("small", {}, "ours")) : word);
    return el("article", {}, el("h3", {}, one.claim, el("span", { class: "unit" }, ` ${one.words}`)),
      para("small", `Ours: ${one.verdict}, with ${one.confidence} confidence.`),
      table(`Verdicts on ${one.claim}`, ["verdicts", ...heads], [row("first", one.first), row("later", one.later)], "verdicts"));
  }

  function sureness(result) {
    if (!result.verdicts) return [];
    const share = (value, look) => bar(value, 100, `${reckon.rounded(value)}%`, look);
    const rows = result.groups.map(one => [`${one.group}% sure`, String(one.verdicts), share(one.sure), share(one.right, "last")]);
    return [el("p", {}, reckon.inWords(result, "The class")),
      para("small", "Last verdicts of all pupils on all claims. Ours are judgements too: the points measure agreement with us, not truth."),
      table("How sure and how often the same word", ["how sure", "verdicts", "sure on average", "same word as ours"], rows)];
  }

  function written(one, called) {
    const given = [...one.given].sort((mine, other) => inOrder(called)(mine.place, other.place));
    const about = ({ count, ids }) => ` · ${times(count, "word")} · ${ids.join(", ") || "no source id"}`;
    return el("section", { class: "task" }, el("h3", {}, one.key), el("p", {}, one.says, one.words ? ` (About ${one.words} words.)` : ""),
      given.map(text => el("article", { class: "text" }, para("by", el("b", {}, called[text.place]), about(text)),
        el("blockquote", {}, text.text))));
  }

  function told(list) {
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
    const taught = done.length ? `, ${done.length > 1 ? "lessons" : "lesson"} ${done.join(", ")}` : "";
    const summed = `${times(pupils.length, "pupil")}${taught}; ${times(files.length, "file")}, ${aside.length} set aside.`;
    place("sum").textContent = files.length ? summed : "";
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
    const list = told([...aside, ...remarks]);
    const listed = (words, part) => part.length ? [el("p", {}, words), el("ul", {}, part)] : [];
    const hint = list.length && !names ? [para("small", "A file's name may tell a pupil's: Show names shows them.")] : [];
    const left = listed("Set aside, not counted:", list.slice(0, aside.length));
    fill("files", [...hint, ...left, ...listed("Counted, with a remark:", list.slice(aside.length))]);
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
        const large = file.size > more.largest;
        files.push(large ? { name, trouble: more.words.large } : { name, bytes: new Uint8Array(await file.arrayBuffer()) });
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
