// Reads what pupils handed in and sums it up. Touches no page and keeps nothing. How a file is read follows helpers/desk/answers.py,
// the points follow helpers/desk/calibration.py, answers are judged by reading.js: tests compare all three with Python.
"use strict";
window.classReckon = (() => {
  const about = window.courseAbout, more = window.classAbout, reading = window.courseReading, open = window.courseAnswers.open;
  const isPart = one => one !== null && typeof one === "object" && !Array.isArray(one);
  const isNumber = one => typeof one === "number" && Math.abs(one) < 1e300;
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const has = (whole, name) => Object.prototype.hasOwnProperty.call(whole, name); // a pupil's key may be "constructor"
  const empty = () => Object.create(null);

  // What is said after a file's name; "other" stands where the name of another file follows.
  const SAYS = {
    empty: "is empty: ask for it again.",
    nothing: "holds no answers yet.",
    foreign: "is not a work file of this course.",
    damaged: "is damaged and cannot be read: ask for it again; the pupil's own computer still has it.",
    newer: "was written by a newer edition of the course: make this page with that edition.",
    noData: "is a portfolio that carries no data: ask for a new one, or for my_answers.json.",
    markdown: "is a portfolio in Markdown, which carries no data: ask for the one that ends in .html, or for my_answers.json.",
    double: "holds the same as another file, so it is counted once:",
    together: "and another file are the same pupil's, so their newest answers were put together:",
    namesake: "carries the same name as another file but differs from the first answer on, so they count as two pupils:",
    first: "holds answers of the first edition, which kept no first tries: these count only as last answers.",
  };

  // ---- one file
  function decoded(bytes) {
    const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "";
    if (utf16) return new TextDecoder(utf16).decode(bytes);
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch (_) {
      return new TextDecoder("windows-1252").decode(bytes);
    }
  }
  function parsed(text) {
    for (const tried of [text, text.replace(/,(\s*[}\]])/g, "$1")]) {
      try {
        return JSON.parse(tried);
      } catch (_) { /* the next way, or damaged */ }
    }
    return undefined;
  }
  /* Return { whole } of a work file or a portfolio, or { trouble }: what is wrong, to be said after the file's name. */
  function content(file) {
    if (file.trouble) return { trouble: file.trouble };
    let text = decoded(file.bytes).trim();
    if (!text) return { trouble: SAYS.empty };
    if (text.startsWith(`# ${more.portfolio}`)) return { trouble: SAYS.markdown };
    if (text.startsWith("<")) {
      const held = new DOMParser().parseFromString(text, "text/html").getElementById(more.work);
      if (!held) return { trouble: text.slice(0, 2000).includes(more.portfolio) ? SAYS.noData : SAYS.foreign };
      text = held.textContent;
    }
    const whole = parsed(text);
    if (whole === undefined) return { trouble: /^[{[]/.test(text) ? SAYS.damaged : SAYS.foreign };
    if (!isPart(whole)) return { trouble: SAYS.foreign };
    const { course } = whole;
    if (typeof course === "string" && course !== about.course)
      return { trouble: `belongs to another course (${reading.line(course, 60)}).` };
    if (!course && !about.kinds.some(kind => isPart(whole[kind]))) return { trouble: SAYS.foreign };
    return whole.edition > about.edition ? { trouble: SAYS.newer } : { whole };
  }
  function clean(kind, value) {
    if (kind === "guesses") {
      const guess = isPart(value) ? value : { value }, one = guess.value;
      const fits = isNumber(one) || typeof one === "string" || (Array.isArray(one) && one.length === 2 && one.every(isNumber));
      return fits ? { value: one, unit: String(guess.unit || "") } : null;
    }
    if (kind === "priors" || kind === "verdicts") {
      const fits = isPart(value) && about.verdicts.includes(value.verdict) && isNumber(value.sure) && value.sure >= 0 && value.sure <= 100;
      return fits ? { verdict: value.verdict, sure: value.sure } : null;
    }
    return typeof value === "string" || (kind === "answers" && isNumber(value)) ? value : null;
  }
  function entryOf(kind, raw) {
    const isNew = isPart(raw) && "last" in raw, last = clean(kind, isNew ? raw.last : raw);
    if (last === null) return null;
    const first = isNew ? clean(kind, raw.first) : last, day = name => isNew && typeof raw[name] === "string" ? raw[name] : "";
    const tries = isNew && Number.isInteger(raw.tries) && raw.tries > 0 ? raw.tries : 1;
    const edition = isNew && raw.edition !== 1 ? 2 : 1;
    return { first: first === null ? last : first, last, tries, first_day: day("first_day"), last_day: day("last_day"), edition };
  }
  /* Return {kind: {key: entry}} as answers.entries does; what is not understood is passed over. */
  function entriesOf(whole) {
    const kept = {};
    for (const kind of about.kinds) {
      kept[kind] = empty();
      for (const key of isPart(whole[kind]) ? Object.keys(whole[kind]).sort() : []) {
        const entry = entryOf(kind, whole[kind][key]);
        if (entry) kept[kind][key] = entry;
      }
    }
    return kept;
  }
  const count = kept => about.kinds.reduce((sum, kind) => sum + Object.keys(kept[kind]).length, 0);

  // ---- all files
  /* A file without a name in it goes by its own name, or by its folder's where a school's system made one for each pupil. */
  function nameOf(who, path) {
    if (who) return who;
    const parts = path.split("/"), stem = parts.pop().replace(/\.\w+$/, "");
    const left = stem.replace(/sino-soviet-split|my[_ ]answers|portfolio|\(\d+\)/gi, " ").replace(/[\s._-]+/g, " ").trim();
    return left || (parts.length ? parts.pop() : stem);
  }
  /* Sort files, { name, bytes } or { name, trouble }, into pupils [{ name, kept, files }], aside and remarks [{ file, says, other }]. */
  function sorted(files) {
    const pupils = [], aside = [], remarks = [];
    for (const file of [...files].sort((one, other) => one.name < other.name ? -1 : 1)) {
      const { whole, trouble } = content(file), kept = whole ? entriesOf(whole) : null;
      const leave = (says, other) => aside.push({ file: file.name, says, other });
      const remark = (says, other) => remarks.push({ file: file.name, says, other });
      if (trouble || !count(kept)) { leave(trouble || SAYS.nothing); continue; }
      const who = typeof whole.who === "string" ? whole.who.trim() : "", known = who.toLowerCase();
      const twin = pupils.find(one => same(one.kept, kept) && (!who || !one.who || one.known === known));
      if (twin) {
        leave(SAYS.double, twin.files[0]);
        if (!twin.who) Object.assign(twin, { who, known, name: nameOf(who, twin.files[0]) });
        continue;
      }
      const namesake = who ? pupils.find(one => one.known === known) : null;
      if (namesake && ofOne(namesake.kept, kept)) {
        remark(SAYS.together, namesake.files[0]);
        namesake.kept = merged(namesake.kept, kept);
        namesake.files.push(file.name);
        continue;
      }
      if (namesake) remark(SAYS.namesake, namesake.files[0]);
      if (Object.values(kept).some(part => Object.values(part).some(entry => entry.edition === 1))) remark(SAYS.first);
      if (typeof whole.data === "string" && whole.data && whole.data !== about.data)
        remark(`was written with tables of version ${reading.line(whole.data, 20)}; here it is judged with ${about.data}.`);
      pupils.push({ name: nameOf(who, file.name), who, known, kept, files: [file.name] });
    }
    pupils.sort((one, other) => one.name.localeCompare(other.name, "en") || (one.files[0] < other.files[0] ? -1 : 1));
    return { pupils, aside, remarks };
  }
  /* Two files of one name are one pupil's when every first answer that stands in both is the same. */
  const ofOne = (one, other) => about.kinds.every(kind => kind === "texts" ||
    Object.keys(one[kind]).every(key => !has(other[kind], key) || same(one[kind][key].first, other[kind][key].first)));
  const later = (one, other) => one.last_day > other.last_day || (one.last_day === other.last_day && one.tries > other.tries);
  function merged(one, other) {
    const whole = {};
    for (const kind of about.kinds) {
      whole[kind] = Object.assign(empty(), other[kind], one[kind]);
      for (const [key, entry] of Object.entries(other[kind]))
        if (later(entry, whole[kind][key])) whole[kind][key] = entry;
    }
    return whole;
  }

  // ---- what it comes to; `pupils` are those of `sorted`, and who is meant is told by their place
  const lessonOf = (kind, key) => kind === "answers" && has(more.questions, key) ? more.questions[key].lesson : key.slice(0, 2);
  function lessons(pupil) {
    const done = {};
    for (const kind of ["answers", "guesses", "texts"])
      for (const key of Object.keys(pupil.kept[kind])) {
        const lesson = lessonOf(kind, key);
        if (!has(more.lessons, lesson)) continue;
        done[lesson] = done[lesson] || { answers: 0, guesses: 0, texts: 0 };
        done[lesson][kind] += 1;
      }
    return done;
  }
  const all = (pupils, kind) => {
    const found = empty();
    pupils.forEach((pupil, place) => {
      for (const [key, entry] of Object.entries(pupil.kept[kind])) (found[key] = found[key] || []).push({ place, entry });
    });
    return Object.entries(found).sort(([one], [other]) => one < other ? -1 : 1);
  };
  function median(values) {
    const row = [...values].sort((one, other) => one - other), half = row.length >> 1;
    return row.length % 2 ? row[half] : (row[half - 1] + row[half]) / 2;
  }
  /* First guesses: numbers (of a range its middle) with lowest, middle, highest; words counted, the commonest first. */
  function guesses(pupils) {
    return all(pupils, "guesses").map(([key, given]) => {
      const known = has(about.guesses, key) ? about.guesses[key] : { asks: "", unit: "" }, values = [], words = empty();
      for (const { entry } of given) {
        const { value, unit } = entry.first, ours = !known.unit || !unit || unit === known.unit;
        const number = Array.isArray(value) ? (value[0] + value[1]) / 2 : value;
        if (typeof number === "number" && ours) values.push(number);
        else {
          const said = typeof number === "number" ? `${reading.general(number)} ${unit}` : value;
          words[said] = (words[said] || 0) + 1;
        }
      }
      values.sort((one, other) => one - other);
      const span = values.length ? { lowest: values[0], middle: median(values), highest: values[values.length - 1] } : {};
      const changed = given.filter(({ entry }) => !same(entry.first, entry.last)).length;
      const listed = Object.entries(words).sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
      return { key, lesson: lessonOf("guesses", key), unit: known.unit, values, ...span, words: listed, changed };
    });
  }
  const plainly = says => says.replace(/\\([\\`*_[\]|$~#])/g, "$1").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
  /* Return { right, says, given } for a kept answer, or null when it cannot be read. */
  function judged(row, kept) {
    let given = kept;
    if (row.kind === "number" && typeof kept !== "number") {
      const { value } = reading.number(kept, row.unit);
      given = value === null ? null : value.find(one => reading.judge(row, one, about)[0]) ?? value[0];
    } else if (row.kind !== "number") given = reading.letters(String(kept), row.kind, row.options).value;
    if (given === null) return null;
    const [right, says] = reading.judge(row, given, about);
    return { right, says: plainly(says), given };
  }
  const answersTo = (pupils, wanted) => all(pupils, "answers").filter(([key]) => has(more.questions, key) && wanted(open(key).kind));
  /* Exercises, hardest first: how many were right at the first try and at last, and the commonest named mistake of the first tries. */
  function exercises(pupils) {
    const rows = answersTo(pupils, kind => kind !== "text").map(([key, given]) => {
      const row = open(key), unit = row.unit || "a plain number";
      const slips = ["slip_sign", "slip_digits"].map(name => plainly(reading.say(about.sentences, name, { unit })));
      const named = [...row.mistakes.map(one => plainly(one.says)), ...slips];
      const firsts = given.filter(({ entry }) => entry.edition > 1).map(({ entry }) => judged(row, entry.first)).filter(Boolean);
      const lasts = given.map(({ entry }) => judged(row, entry.last)).filter(Boolean);
      const made = named.map(says => ({ says, of: firsts.filter(one => !one.right && one.says === says) })).filter(one => one.of.length);
      const most = made.reduce((best, one) => !best || one.of.length > best.of.length ? one : best, null);
      const mistake = most && { says: most.says, count: most.of.length, given: [...new Set(most.of.map(one => one.given))] };
      return {
        key, lesson: more.questions[key].lesson, row, mistake,
        first: { right: firsts.filter(one => one.right).length, of: firsts.length },
        last: { right: lasts.filter(one => one.right).length, of: lasts.length },
      };
    });
    const share = one => one.of ? one.right / one.of : 1;
    const harder = (one, other) => share(one.first) - share(other.first) || share(one.last) - share(other.last);
    return rows.sort((one, other) => harder(one, other) || other.last.of - one.last.of);
  }
  /* First and later verdicts on each claim, counted by word. First is the one before the lessons, or else the first in a lesson. */
  function verdicts(pupils) {
    return Object.keys(more.claims).map(claim => {
      const first = {}, later = {};
      for (const { kept } of pupils) {
        const before = kept.priors[claim] || kept.verdicts[claim], after = kept.verdicts[claim];
        if (before) first[before.first.verdict] = (first[before.first.verdict] || 0) + 1;
        if (after) later[after.last.verdict] = (later[after.last.verdict] || 0) + 1;
      }
      return { claim, first, later, ...more.claims[claim], ...open(`${claim} ours`) };
    }).filter(one => Object.keys(one.first).length);
  }
  const OTHERS = about.verdicts.length - 1, BLIND = 1 / about.verdicts.length;
  const STEPS = [0, 20, 40, 60, 80, 101], CLOSE = ["imprecise", "partly"];
  const blindScore = (1 - BLIND) ** 2 + OTHERS * BLIND ** 2;
  function points(sure, right) {
    const share = sure / 100, other = (1 - share) / OTHERS;
    const score = right ? (1 - share) ** 2 + OTHERS * other ** 2 : share ** 2 + (1 - other) ** 2 + (OTHERS - 1) * other ** 2;
    return 100 * (1 - score / blindScore);
  }
  const mean = values => values.reduce((sum, value) => sum + value, 0) / values.length;
  /* All last verdicts of the class beside ours: how sure, how often the same word, points; and by groups of sureness. */
  function calibration(pupils) {
    const table = [];
    for (const { kept } of pupils)
      for (const [claim, entry] of Object.entries(kept.verdicts)) {
        if (!has(more.claims, claim)) continue;
        const { verdict, sure } = entry.last, ours = open(`${claim} ours`).verdict, right = verdict === ours;
        table.push({ sure, right, close: !right && same([verdict, ours].sort(), CLOSE), old: entry.edition === 1 && entry.tries === 1 });
      }
    if (!table.length) return { verdicts: 0, groups: [] };
    const hits = rows => 100 * mean(rows.map(one => Number(one.right))), sureness = rows => mean(rows.map(one => one.sure));
    const groups = STEPS.slice(0, -1).map((low, place) => {
      const inside = table.filter(one => one.sure >= low && one.sure < STEPS[place + 1]);
      const group = `${low}-${Math.min(STEPS[place + 1] - 1, 100)}`;
      return inside.length && { group, verdicts: inside.length, sure: sureness(inside), right: hits(inside) };
    }).filter(Boolean);
    return {
      verdicts: table.length, groups, sure: sureness(table), right: hits(table),
      points: mean(table.map(one => points(one.sure, one.right))),
      close: table.filter(one => one.close).length, old: table.filter(one => one.old).length,
    };
  }
  /* A whole number as Python rounds it: halves to the even neighbour. */
  function rounded(value) {
    const low = Math.floor(value), half = value - low === 0.5;
    return half ? low + (low % 2 ? 1 : 0) : Math.round(value);
  }
  function inWords(result, name) {
    const say = (id, parts) => plainly(reading.say(more.sentences, id, parts)), { sure, right } = result;
    if (!result.verdicts) return "";
    const gap = say(right > sure + 5 ? "gap_more" : sure > right + 5 ? "gap_less" : "gap_none");
    const points = String(rounded(result.points)).replace("-", "−");
    const told = [say("points_all", { name, count: result.verdicts, sure: rounded(sure), right: rounded(right), gap, points })];
    if (result.close) told.push(say("points_close", { close: result.close }));
    if (result.old) told.push(say("points_old", { count: result.old }));
    if (result.verdicts < more.few) told.push(say("points_few"));
    return told.join(" ");
  }
  /* Texts under their tasks; an answer to an open question stands under the question. */
  function texts(pupils) {
    const told = given => given.map(({ place, entry }) => {
      const text = String(entry.last);
      return { place, text, count: reading.words(text), ids: idsIn(text) };
    });
    const written = all(pupils, "texts").map(([key, given]) => {
      const { says, words } = has(more.tasks, key) ? more.tasks[key] : { says: "", words: null };
      return { key, lesson: lessonOf("texts", key), says, words, given: told(given) };
    });
    const answered = answersTo(pupils, kind => kind === "text").map(([key, given]) => {
      const { lesson, prompt } = more.questions[key];
      return { key, lesson, says: prompt, words: null, given: told(given) };
    });
    return [...written, ...answered];
  }
  const known = new Set(about.ids);
  const idsIn = text => [...new Set(text.match(/[A-Za-z0-9_]+/g) || [])].filter(word => known.has(word));

  return { sorted, lessons, guesses, exercises, verdicts, calibration, points, inWords, texts, rounded };
})();
