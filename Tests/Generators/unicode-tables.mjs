#!/usr/bin/env node
// Writes the tables of Sources/RequisitePatterns/UnicodeTables, and those of Sources/Formats/Internationalized.
//
//   Tests/Generators/unicode-tables.mjs                  write the tables
//   Tests/Generators/unicode-tables.mjs --check          exit with 1 if a table would change
//   Tests/Generators/unicode-tables.mjs --joining FILE   the letters of JoiningType.swift as well
//
// The sets come from the property escapes of the JavaScript engine (ECMA-262, \p{…} with the flag
// u), and the compositions from its String.prototype.normalize: both are those of the Unicode version
// that it was built with. For another version of Unicode, run it with a Node that has that version, and
// change `version` below. The names of the sets are kept as they are in the tables; add the names of new
// scripts and properties by hand, with their aliases from PropertyAliases.txt and
// PropertyValueAliases.txt.
//
// JavaScript does not know how letters join. FILE is extracted/DerivedJoiningType.txt of the Unicode
// Character Database, of the same version; without it, JoiningType.swift is left as it is.

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const version = "17.0";
const lineLength = 99;

const folder = join(
  dirname(fileURLToPath(import.meta.url)), "../../Sources/RequisitePatterns/UnicodeTables");

const tables = {
  BinaryPropertyTable: (name) => set(name),
  GeneralCategoryTable: (name) => set(`General_Category=${name}`),
  ScriptTable: (name) => set(`Script=${name}`),
  // The code points in which both properties differ.
  ScriptExtensionsTable: (name) => {
    const script = set(`Script=${name}`);
    return set(`Script_Extensions=${name}`).map((isIn, point) => isIn !== script[point]);
  },
};

/** For each code point, whether it has a property. */
function set(property) {
  const pattern = new RegExp(`^\\p{${property}}$`, "u");
  const points = new Array(0x110000);
  for (let point = 0; point < points.length; point += 1) {
    points[point] = pattern.test(String.fromCodePoint(point));
  }
  return points;
}

/** A number in base 32, lowest digit first, in characters from U+0030 on; bit 5 says that one follows. */
function number(value) {
  let text = "";
  do {
    const digit = value & 31;
    value >>>= 5;
    text += String.fromCharCode(0x30 + digit + (value > 0 ? 32 : 0));
  } while (value > 0);
  return text;
}

/** The ranges of a set: the distance from the end of the range before, and the count after the first. */
function encode(points) {
  let text = "";
  let end = 0;
  for (let point = 0; point < points.length; point += 1) {
    if (!points[point]) continue;
    let last = point;
    while (points[last + 1]) last += 1;
    text += number(point - end) + number(last - point);
    end = last + 1;
    point = last;
  }
  return text;
}

if (process.versions.unicode !== version) {
  console.error(
    `this Node has Unicode ${process.versions.unicode}; the tables are of Unicode ${version}`);
  process.exit(2);
}

let changed = 0;

/** Writes a file if its text changes, or says so. */
function update(path, after) {
  if (after === readFileSync(path, "utf8")) return;
  changed += 1;
  if (process.argv.includes("--check")) console.error(`${path} would change`);
  else writeFileSync(path, after);
}

for (const [table, points] of Object.entries(tables)) {
  const path = join(folder, `${table}.swift`);
  const lines = [];
  for (const line of readFileSync(path, "utf8").split("\n")) {
    // Lines of ranges are indented by three spaces, lines of names by two.
    if (line.startsWith("   ")) continue;
    lines.push(line.replace(/Unicode \d+\.\d+\.\d+/, `Unicode ${version}.0`));
    const names = line.match(/^ {2}([A-Za-z]\w*)/);
    if (!names) continue;
    const text = encode(points(names[1]));
    for (let start = 0; start < text.length; start += lineLength - 3) {
      lines.push("   " + text.slice(start, start + lineLength - 3));
    }
  }
  update(path, lines.join("\n"));
}

// The tables of internationalized host names.

const formats = join(folder, "../../Formats/Internationalized");
const hexadecimal = (point) => point.toString(16).toUpperCase();

// What IDNA2008 allows (RFC 5892, section 2), as LabelProperty.swift has it, Hangul and joiners apart.
const allowed =
  /^(?=[\p{Ll}\p{Lu}\p{Lo}\p{Lm}\p{Nd}\p{Mn}\p{Mc}])[^\p{CWKCF}\p{DI}\p{White_Space}]$/u;
const valid = /^[\u00DF\u03C2\u06FD\u06FE\u0F0B\u3007]$/u;
const disallowed =
  /^[\u0640\u07FA\u302E\u302F\u3031-\u3035\u303B\u1100-\u11FF\u20D0-\u20FF\uA960-\uA97C\uAC00-\uD7FB]$/u;

/** The code points that may be in a label, in ascending order. */
function allowedPoints() {
  const points = [];
  for (let point = 0; point < 0x110000; point += 1) {
    const text = String.fromCodePoint(point);
    if (valid.test(text) || allowed.test(text) && !disallowed.test(text)) points.push(point);
  }
  return points;
}

/** Words in lines that are indented by four spaces. */
function wrapped(words) {
  const lines = [];
  let line = "   ";
  for (const word of words) {
    if (line.length + 1 + word.length >= lineLength) {
      lines.push(line);
      line = "   ";
    }
    line += " " + word;
  }
  return [...lines, line].join("\n");
}

/** What a character decomposes into by one step, and composes from again: second, first, composite. */
function composition(point) {
  const text = String.fromCodePoint(point);
  const parts = [...text.normalize("NFD")];
  const second = parts.pop();
  const first = parts.join("").normalize("NFC");
  if ([...first].length !== 1 || (first + second).normalize("NFC") !== text) return [];
  return [[second.codePointAt(0), first.codePointAt(0), point]];
}

/** The ranges of a set among the allowed code points, gaps without any of those closed. */
function ranges(points, isIn) {
  const words = [];
  let start;
  points.forEach((point, index) => {
    if (!isIn(point)) return;
    start ??= point;
    if (index + 1 < points.length && isIn(points[index + 1])) return;
    words.push(start === point ? hexadecimal(point) : `${hexadecimal(start)}-${hexadecimal(point)}`);
    start = undefined;
  });
  return words;
}

const points = allowedPoints();

{
  const path = join(formats, "CompositionTable.swift");
  const rows = points.flatMap(composition)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const words = rows.flatMap(([second, first, composite], index) => [
    ...(rows[index - 1]?.[0] === second ? [] : [`${hexadecimal(second)}:`]),
    `${hexadecimal(first)}=${hexadecimal(composite)}`,
  ]);
  update(path, readFileSync(path, "utf8")
    .replace(/Unicode \d+\.\d+\.\d+/, `Unicode ${version}.0`)
    .replace(/(text = """\n)[^]*?(\n {4}""")/, (_, start, end) => start + wrapped(words) + end));
}

const joining = process.argv.indexOf("--joining") + 1;
if (joining > 0) {
  const path = join(formats, "JoiningType.swift");
  const data = readFileSync(process.argv[joining], "utf8");
  const found = data.match(/^# DerivedJoiningType-(\d+\.\d+)/)?.[1];
  if (found !== version) {
    console.error(`the joining types are of Unicode ${found}; the tables are of Unicode ${version}`);
    process.exit(2);
  }
  const types = new Map();
  for (const [, start, end, type] of data.matchAll(/^([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*([A-Z])/gm)) {
    for (let point = parseInt(start, 16); point <= parseInt(end ?? start, 16); point += 1) {
      types.set(point, type);
    }
  }
  let text = readFileSync(path, "utf8").replace(/Unicode \d+\.\d+\.\d+/, `Unicode ${version}.0`);
  // Marks that joining skips are recognized before the letters, so that they may be in a gap.
  const letters = points.filter((point) => types.get(point) !== "T");
  for (const [name, type] of [["dual", "D"], ["right", "R"], ["left", "L"]]) {
    const words = ranges(letters, (point) => types.get(point) === type);
    text = text.replace(
      new RegExp(`(${name}Joining = ScalarRanges\\()(?:"[^"]+"|\n {4}"""[^]*?""")\\)`),
      (_, start) => start
        + (words.length < 10 ? `"${words.join(" ")}"` : `\n    """\n${wrapped(words)}\n    """`) + ")");
  }
  update(path, text);
}
process.exit(changed > 0 && process.argv.includes("--check") ? 1 : 0);
