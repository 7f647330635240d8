// Reads what a pupil typed and judges it, by the rules of helpers/desk/reading.py and exercises.py: a test compares both, answer by
// answer. Pure: no page, no storage. The names are those of the Python functions.
"use strict";
window.courseReading = (() => {
  const LONGEST = 20000, FEW_WORDS = 8, HINT_AFTER = 2, SHOWN = 60, SAID = 400;
  const W = "[\\p{L}\\p{N}_]";
  const MARKS = {};
  for (const [signs, plainly] of [["−–—‒‐‑﹣⁻", "-"], ["‘’‚‛ʼ´`′", "'"], ["“”„‟«»‹›″", '"'], ["\u2044", "/"], ["٫", "."], ["٬", ","], ["×", "*"]])
    for (const sign of signs) MARKS[sign] = plainly;
  const TOKEN = new RegExp(`(?:(?<!${W}|[.,])[-+] ?)?(?:[0-9]{1,3}(?:[ '_][0-9]{3})+(?![0-9])(?:[.,][0-9]+)?|[0-9]+(?:[.,_][0-9]+)*|(?<!${W})[.,][0-9]+)` +
    `(?:e[-+]?[0-9]+(?!${W}))?`, "giu");
  const PART_OF_UNIT = /(?:\b(?:per|pro|pour|sur|von|of|in|je)|\/) ?$/;
  const SUM = /\d\s*(?:\*\*?|\^|\/(?!\s*1000?\b)|x(?=\s*\d))\s*[\d(]|\d\s*\+\s*\d/;
  const CODE = /[<>{}[\]\\;]/;
  const FRACTION = /^(-?\d+(?:\.\d+)?) ?\/ ?(\d+(?:\.\d+)?)$/;
  const RANGE = /^(?:-|to|bis|till|until|and|und|et|or|à|\.\.+)$/;
  const SCALES = [
    [/%|\bper ?cent|\bpct\b|\bprozent|\bpour ?cent|\bpor ?cien|\b(?:per|pro|of|von|sur) 100\b|\/ ?100\b/, 0.01],
    [/‰|\bper ?mill?e?\b|\bpro ?mille\b|\b(?:per|pro|pour|of|von|sur) (?:1[ ,.']?000|thousand|tausend|mille)\b|\/ ?1000\b/, 0.001],
    [/\bthousands?\b|\btausend\b|\btsd\b|\bmille\b/, 1e3],
    [/\bmillions?\b|\bmillionen\b|\bmio\b|\bmln\b|\bmn\b/, 1e6],
    [/\bbillions?\b|\bbn\b|\bmilliarden?\b|\bmrd\b/, 1e9],
  ];
  const FAMILIES = [["year", "month", "week", "day", "hour"], ["dollar", "rouble", "ruble", "yuan"], ["tonne", "kilogram", "kg"]];
  const FILLERS = new Set(("and und et y og och en then dann puis or oder ou both plus the first next last option options answer answers " +
    "letter letters").split(" "));
  const AROUND = new Set(("about approximately approx roughly around circa ca c maybe perhaps nearly almost some at least most more less than " +
    "over under up to between from and it was is i think guess say ungefähr etwa rund environ minus a an").split(" "));
  const ID = /^(?:[DHR]\d{2,3}|[A-Z]{2,}\d{4,}|[A-Za-z][A-Za-z0-9]*_[A-Za-z0-9_]+)$/;

  // ---- reading.py
  const cut = (text, most) => [...text].slice(0, most).join("");
  const spaced = text => text.split(/[\s\x1c-\x1f\x85]+/u).filter(Boolean);

  function digit(sign) {
    let zero = sign.codePointAt(0);
    for (let back = 0; back < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1)); back += 1) zero -= 1;
    return String(sign.codePointAt(0) - zero);
  }
  function plain(typed) {
    let text = cut(String(typed), LONGEST).replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]+/gu, found => "^" + found).replace(/[¼½¾⅐-⅞]/gu, found => " " + found);
    text = [...text.normalize("NFKC")].map(sign => MARKS[sign] || sign).join("").replace(/(?![0-9])\p{Nd}/gu, digit);
    return spaced(text).join(" ").replace(/^["' ]+|["' ]+$/g, "");
  }
  const blank = typed => typed === null || typed === undefined || !plain(typed).replace(/^[. ]+|[. ]+$/g, "");
  const read = (value, says = "") => ({ value, says });
  const number = (typed, unit = "") => numberIn(plain(typed).toLowerCase(), unit.toLowerCase());

  function numberIn(text, unit) {
    const found = FRACTION.exec(text);
    if (found && ![0, 100, 1000].includes(Number(found[2]))) return read([Number(found[1]) / Number(found[2])], "read_as");
    const [tokens, words] = tokensOf(text);
    if (!tokens.length || CODE.test(text)) return read(null, "number_word");
    if (tokens.length > 1) return read(null, SUM.test(text) ? "number_sum" : "number_several");
    let values = valuesOf(tokens[0]);
    if (values === null || !values.every(Number.isFinite)) return read(null, values === null ? "number_marks" : "number_large");
    if (otherUnit(words, unit)) return read(null, "number_unit");
    const by = ratio(text, unit), sign = /\bminus ?$/.test(text.slice(0, Math.max(0, text.indexOf(tokens[0])))) ? -1 : 1;
    values = values.map(value => sign * value * by);
    const usual = /^-?\d+(?:\.\d+)?$/.test(tokens[0]) && values.length === 1 && by === 1;
    return read(values, usual ? "" : "read_as");
  }
  function tokensOf(text) {
    const found = [];
    let ends = 0;
    for (const match of text.matchAll(TOKEN)) {
      if (!(found.length && PART_OF_UNIT.test(text.slice(ends, match.index)))) found.push(match[0]);
      ends = match.index + match[0].length;
    }
    return [found, text.replace(TOKEN, " ")];
  }
  function valuesOf(token) {
    const sign = token[0] === "-" ? -1 : 1;
    let [body, exponent] = token.replace(/^[-+ ]+/, "").split(/e/, 2);
    body = body.replace(/(?<=\d)[ '_](?=\d)/g, "");
    const readings = byMarks(body, body.replace(/\d/g, ""));
    return readings && readings.map(one => sign * Number(`${one}e${exponent || 0}`));
  }
  function byMarks(body, marks) {
    if (!marks) return [body];
    const last = marks[marks.length - 1], rest = marks.slice(0, -1), other = last === "." ? "," : ".";
    const place = body.lastIndexOf(last), whole = body.slice(0, place), behind = body.slice(place + 1);
    const grouped = new RegExp(`^\\d{1,3}(?:[${last}]\\d{3})+$`).test(body);
    if (rest && [...rest].every(mark => mark === other))
      return new RegExp(`^\\d{1,3}(?:[${other}]\\d{3})+$`).test(whole) ? [whole.split(other).join("") + "." + behind] : null;
    if (rest) return grouped ? [body.split(last).join("")] : null;
    const decimal = `${whole || "0"}.${behind}`;
    if (grouped && !whole.startsWith("0")) {
      const thousands = body.split(last).join("");
      return last === "," ? [thousands, decimal] : [decimal, thousands];
    }
    return [decimal];
  }
  const size = text => (SCALES.find(([pattern]) => pattern.test(text)) || [null, null])[1];
  function ratio(text, unit) {
    const typed = size(text), asked = size(unit);
    return typed === null || typed === asked ? 1 : typed / (asked || 1);
  }
  function otherUnit(words, unit) {
    return FAMILIES.some(family => {
      const [named, asked] = [words, unit].map(text => family.filter(stem => new RegExp(`\\b${stem}s?\\b`).test(text)));
      const both = [...new Set([...named, ...asked])].sort().join();
      return named.length && asked.length && !named.some(stem => asked.includes(stem)) && both !== "rouble,ruble";
    });
  }
  function letters(typed, kind, options) {
    const found = lettersIn(plain(typed).toLowerCase(), kind, options), count = Object.keys(options).length;
    if (!found.length) return read(null, "letters_words");
    if (found.some(letter => !(letter in options))) return read(null, "letters_which");
    if (new Set(found).size < found.length) return read(null, "letters_twice");
    if (kind === "choice" && found.length > 1) return read(null, "letters_one");
    if (kind === "order" && found.length < count) return read(null, "letters_all");
    return read((kind === "order" ? found : [...found].sort()).join(", "));
  }
  function lettersIn(text, kind, options) {
    const pieces = text.split(/[;|]/).map(piece => pasted(piece, options));
    if (pieces.every(Boolean)) return pieces;
    const words = (text.match(/[\p{L}\p{N}]+/gu) || []).filter(word => !FILLERS.has(word));
    if (words.length && words.every(word => /^\p{L}$/u.test(word))) return words;
    const joined = words.length === 1 ? [...words[0]] : [];
    const fits = kind !== "choice" && joined.length > 1 && joined.length <= Object.keys(options).length;
    return fits && joined.every(letter => letter in options) ? joined : [];
  }
  function pasted(piece, options) {
    const labelled = /^\(?([a-z])(?:[).:\]]+\s*|\s+-\s+)(\S.*)$/.exec(piece.trim());
    const given = wordsOf(labelled ? labelled[2] : piece);
    if (!given.split(" ").some(word => [...word].length > 1 && !FILLERS.has(word))) return "";
    const own = Object.keys(options).find(letter => wordsOf(options[letter]) === given) || "";
    return own || (labelled && labelled[1] in options ? labelled[1] : "");
  }
  const wordsOf = text => (plain(text).toLowerCase().match(/[\p{L}\p{N}_]+/gu) || []).join(" ");

  function guess(typed, unit = "", asks = "") {
    const text = plain(typed).toLowerCase(), asked = unit.toLowerCase();
    if (asks === "words") return read(plain(typed));
    const between = rangeIn(text, asked);
    if (between) return between;
    const one = numberIn(text, asked);
    const others = (text.replace(TOKEN, " ").match(/[\p{L}\p{Nl}\p{No}]+/gu) || []).filter(word => !AROUND.has(word) && !ofUnit(word, asked));
    if (one.value !== null && (asks === "number" || !others.length)) {
      const value = sized(one.value[0], unit);
      return read(value, one.says || value !== one.value[0] ? "read_as" : "");
    }
    return asks === "number" ? one : read(plain(typed));
  }
  function rangeIn(text, unit) {
    const [tokens] = tokensOf(text);
    if (tokens.length !== 2) return null;
    const bare = tokens[1].replace(/^[-+ ]+/, "");
    const middle = spaced(text.slice(text.indexOf(tokens[0]) + tokens[0].length, Math.max(0, text.lastIndexOf(bare))))
      .filter(word => !ofUnit(word, unit)).join(" ");
    if (!RANGE.test(middle)) return null;
    const first = valuesOf(tokens[0]), last = valuesOf(bare);
    if (!first || !last) return null;
    const by = ratio(text, unit), low = first[0] * by, high = last[0] * by;
    return low <= high ? read([low, high], "read_range") : null;
  }
  const ofUnit = (word, unit) => unit.split(/\s+/).includes(word) || unit.includes(word.replace(/s+$/, "")) ||
    SCALES.some(([pattern]) => pattern.test(word)) || word === "per" || word === "cent";
  function sized(value, unit) {
    const by = size(unit.toLowerCase()) || 1;
    return by > 1 && Math.abs(value) >= by ? value / by : value;
  }
  function sureness(typed) {
    const one = number(typed, "percent");
    if (one.value === null) return read(null, "sure_number");
    const sure = one.value[0];
    if (sure > 0 && sure < 1) return read(null, "sure_share");
    return sure >= 0 && sure <= 100 ? read(Number.isInteger(sure) ? sure : Math.round(sure * 10) / 10) : read(null, "sure_range");
  }
  function text(typed) {
    const kept = [...String(typed)].filter(sign => sign === "\n" || sign === "\t" || !/[\p{Cc}\p{Cs}]/u.test(sign)).join("").trim();
    return read(cut(kept, LONGEST), [...kept].length > LONGEST ? "text_long" : "");
  }

  // ---- sentences.py and cited.py; `table` is {id: sentence}
  function line(typed, most) {
    const whole = spaced(cut(String(typed), 4 * most)).join(" ");
    return [...whole].length <= most ? whole : cut(whole, most - 1).trimEnd() + "…";
  }
  const escape = typed => typed.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const shown = (typed, most = SHOWN) => escape(line(typed, most).replace(/([\\`*_[\]|$~#])/g, "\\$1"));
  function say(table, name, parts = {}) {
    const most = part => ["file", "ids", "nearest", "unit", "why"].includes(part) ? SAID : SHOWN;
    return table[name].split("`").map((piece, place) => piece.replace(/{(\w+)}/g, (_, part) =>
      place % 2 ? line(parts[part], most(part)).replace(/`/g, "'") : shown(parts[part], most(part)))).join("`");
  }
  const words = written => spaced(written).length;
  function counted(written, course) {
    const known = [], unknown = [], all = new Set(course.ids);
    for (const word of new Set(written.match(/[A-Za-z0-9_]+/g) || [])) {
      if (all.has(word)) known.push(word);
      else if (ID.test(word)) unknown.push(word);
    }
    const first = known.length ? say(course.sentences, "ids_counted", { count: known.length, ids: known.join(", ") }) : say(course.sentences, "ids_none");
    return [first, ...unknown.slice(0, 5).map(id => say(course.sentences, "id_unknown", { id }))].join(" ");
  }
  /* A number as Python writes it with ".10g". */
  function general(value, digits = 10) {
    if (value === 0) return "0";
    const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
    const power = Number(exponent), short = figure => figure.includes(".") ? figure.replace(/\.?0+$/, "") : figure;
    if (power < -4 || power >= digits) return `${short(mantissa)}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
    return short(value.toFixed(Math.max(0, digits - 1 - power)));
  }

  // ---- exercises.py; a question comes from the build, with its key already in the form in which answers are judged
  const readAnswer = (row, typed) => row.kind === "number" ? number(typed, row.unit) : row.kind === "text" ? text(typed) : letters(typed, row.kind, row.options);
  const isRight = (row, given) => row.kind === "number" ? row.right.some(wanted => Math.abs(given - wanted) <= row.tolerance + 1e-9) : row.right.includes(given);

  function judge(row, given, course) {
    const table = course.sentences;
    if (row.kind === "text") {
      if (words(given) < FEW_WORDS) return [false, say(table, "text_short")];
      const compare = row.solution ? `${say(table, "text_compare")} ${row.solution}` : `${say(table, "text_neighbour")} ${say(table, "no_solution")}`;
      return [null, `${counted(given, course)} ${compare}`];
    }
    if (isRight(row, given)) return [true, row.feedback_right];
    const exact = row.mistakes.filter(one => !one.open && applies(one, given, row))[0];
    if (exact) return [false, exact.says];
    const slipped = row.kind === "number" ? slip(row, given) : "";
    if (slipped) return [false, say(table, slipped, { unit: row.unit || "a plain number" })];
    const open = row.mistakes.filter(one => one.open && applies(one, given, row))[0];
    return [false, open ? open.says : row.feedback_wrong];
  }
  function applies(mistake, given, row) {
    if (row.kind !== "number") return mistake.given === given;
    if (mistake.below !== undefined) return given < mistake.below;
    if (mistake.above !== undefined) return given > mistake.above;
    if (mistake.from !== undefined) return mistake.from <= given && given <= mistake.to;
    return mistake.near !== undefined && Math.abs(given - mistake.near) <= 0.005 * Math.max(Math.abs(given), Math.abs(mistake.near));
  }
  function slip(row, given) {
    for (const wanted of row.right) {
      if (Math.abs(given + wanted) <= row.tolerance) return "slip_sign";
      for (let power = -12; power <= 12; power += 1)
        if (Math.abs(given * 10 ** power - wanted) <= row.tolerance + 1e-9) return "slip_digits";
    }
    return "";
  }
  /* What `check` says to an answer, as Markdown; `keep` stores it and returns [tries, a sentence on trouble]. */
  function reply(row, typed, course, keep = () => [0, ""]) {
    const table = course.sentences;
    if (blank(typed)) return { right: undefined, says: row.feedback_unanswered || say(table, `unanswered_${row.kind}`, { key: row.key }) };
    const one = readAnswer(row, typed);
    if (one.value === null) {
      const all = Object.keys(row.options);
      const parts = { typed, unit: row.unit || "a plain number", letters: all.length ? `${all[0]} to ${all[all.length - 1]}` : "", count: all.length };
      return { right: undefined, says: `${say(table, one.says, parts)} ${say(table, "errors_table")}` };
    }
    const given = row.kind === "number" ? one.value.find(value => isRight(row, value)) ?? one.value[0] : one.value;
    const remark = one.says === "read_as" ? say(table, "read_as", { value: general(given) }) : "";
    const [tries, note] = keep(given);
    const [right, sentence] = judge(row, given, course);
    const word = right === true ? "**Right.**" : right === false ? "**Not yet.**" : "";
    const help = right === false && row.hints.length && tries >= HINT_AFTER ? say(table, "try_hint", { key: row.key }) : "";
    return { right, says: [word, remark, sentence, help, note].filter(Boolean).join(" ") };
  }
  return { plain, blank, number, letters, guess, sureness, text, say, shown, line, words, counted, general, reply, judge };
})();
