#!/usr/bin/env node
// Writes the tables of Sources/Patterns/UnicodeTables.
//
//   Tests/Generators/unicode-tables.mjs           write the tables
//   Tests/Generators/unicode-tables.mjs --check   exit with 1 if a table would change
//
// The sets come from the property escapes of the JavaScript engine (ECMA-262, \p{…} with the flag
// u), which are those of the Unicode version that it was built with. For another version of Unicode,
// run it with a Node that has that version, and change `version` below. The names of the sets are kept
// as they are in the tables; add the names of new scripts and properties by hand, with their aliases
// from PropertyAliases.txt and PropertyValueAliases.txt.

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const version = "17.0";
const lineLength = 99;

const folder = join(
  dirname(fileURLToPath(import.meta.url)), "../../Sources/Patterns/UnicodeTables");

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
for (const [table, points] of Object.entries(tables)) {
  const path = join(folder, `${table}.swift`);
  const before = readFileSync(path, "utf8");
  const lines = [];
  for (const line of before.split("\n")) {
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
  const after = lines.join("\n");
  if (after === before) continue;
  changed += 1;
  if (process.argv.includes("--check")) console.error(`${table} would change`);
  else writeFileSync(path, after);
}
process.exit(changed > 0 && process.argv.includes("--check") ? 1 : 0);
