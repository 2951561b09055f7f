
// The script of the HTML report: filters, links to findings, the help of rules and the theme.
// Without it, the page shows all findings, followed by the summary.

"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const findings = byId("findings");
  const filters = byId("filters");
  const status = byId("status");
  const none = byId("none");
  const earlier = byId("earlier");
  const more = byId("more");
  const leftOut = byId("left-out") === null ? 0 : Number(byId("left-out").dataset.count);

  // The number of findings shown at once. A browser lays them out before one has typed the next letter.
  const step = 100;

  // A long list is split into parts. A part without shown findings is hidden, so that a browser skips it.
  for (const list of document.querySelectorAll(".file > ol")) {
    const rows = [...list.children];
    for (let start = step; start < rows.length; start += step) {
      const part = document.createElement("ol");
      part.append(...rows.slice(start, start + step));
      list.parentElement.append(part);
    }
  }

  const rules = new Map([...document.querySelectorAll(".rule")].map((element) => [element.id.slice(5), {
    element,
    name: element.querySelector("h3").textContent,
    help: null,
    missingWords: [],
    fits: false,
  }]));

  // The findings by file. The text of a finding is read when it is first searched.
  const rowOf = new Map();
  const files = [...document.querySelectorAll(".file")].map((element) => {
    const heading = element.querySelector("h3");
    return {
      element,
      number: element.dataset.file,
      // The whole path, and the path as it is shown.
      paths: `${heading.title}\n${heading.textContent}`.toLowerCase(),
      shownPath: heading.textContent,
      parts: [...element.querySelectorAll(":scope > ol")],
      rows: [...element.querySelectorAll(".finding")].map((item) => {
        const row = {
          element: item,
          severity: item.classList[1],
          rule: rules.get(item.dataset.rule),
          // The number of fitting findings before this one; -1 if it does not fit.
          place: -1,
          isShown: true,
          text: null,
        };
        rowOf.set(item, row);
        return row;
      }),
    };
  });
  const total = rowOf.size;

  // The text of a finding has its location and rule as text reports write them, to find a line copied from one.
  function textOf(file, row) {
    if (row.text === null) {
      // Reading all text at once is several times as fast as looking for elements.
      const text = row.element.textContent;
      const [, line, column] = text.match(/^\n.*\nLine (\d+), column (\d+)/) ?? [];
      const start = `${file.shownPath}:${line}:${column}: ${row.severity}:`;
      const tags = `[${row.rule.name}]${text.includes("\nFixed with ") ? " [fixable]" : ""}`;
      row.text = `${start}\n${text}\n${tags}\n${file.paths}`.toLowerCase();
    }
    return row.text;
  }

  function helpOf(rule) {
    if (rule.help === null) rule.help = rule.element.querySelector(".text").textContent.toLowerCase();
    return rule.help;
  }

  // MARK: Filters

  // Of the fitting findings, those from `first` to before `end` are shown.
  let [first, end] = [0, step];

  const wanted = { rule: byId("by-rule"), path: byId("by-path"), text: byId("by-text") };
  const severities = [...filters.querySelectorAll("input[name=severity]")];
  const bars = [...document.querySelectorAll(".chart button")];
  // The number of the file whose bar is pressed. Without one, the path field has a part of a path.
  let file = null;

  function apply() {
    const shownSeverities = new Set(severities.filter((box) => box.checked).map((box) => box.value));
    const rule = rules.get(wanted.rule.value) ?? null;
    const path = wanted.path.value.trim().toLowerCase();
    const words = wanted.text.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    for (const each of rules.values()) {
      each.fits = false;
      // What is in the help of a rule need not be in its findings.
      each.missingWords = words.filter((word) => !helpOf(each).includes(word));
    }
    let [fitting, shown] = [0, 0];
    for (const each of files) {
      const shownBefore = shown;
      const isOfPath = file === null ? each.paths.includes(path) : each.number === file;
      for (const row of each.rows) {
        const fits =
          isOfPath &&
          shownSeverities.has(row.severity) &&
          (rule === null || row.rule === rule) &&
          row.rule.missingWords.every((word) => textOf(each, row).includes(word));
        row.place = fits ? fitting : -1;
        if (fits) {
          fitting += 1;
          row.rule.fits = true;
        }
        show(row, fits && row.place >= first && row.place < end);
        if (row.isShown) shown += 1;
      }
      for (const [index, part] of each.parts.entries()) {
        hide(part, !each.rows.slice(index * step, (index + 1) * step).some((row) => row.isShown));
      }
      hide(each.element, shown === shownBefore);
    }
    none.hidden = fitting > 0 || total === 0;
    earlier.hidden = first === 0;
    more.hidden = first + shown === fitting;
    const all = `${total} ${total === 1 ? "finding" : "findings"}${leftOut > 0 ? ` on this page (${leftOut} more are left out)` : ""}`;
    const part = shown === fitting ? `${shown}`
      : first > 0 ? `${first + 1} to ${first + shown}` : `the first ${shown}`;
    const text = fitting === total || shown === fitting
      ? `Showing ${part} of ${all}`
      : `Showing ${part} of ${fitting} that fit, of ${all}`;
    if (status.textContent !== text) status.textContent = text;
    for (const bar of bars) {
      const isPressed = "rule" in bar.dataset
        ? bar.dataset.rule === wanted.rule.value
        : bar.dataset.file === file;
      bar.setAttribute("aria-pressed", String(isPressed));
    }
  }

  function described() {
    const checked = severities.filter((box) => box.checked).map((box) => box.value);
    const rule = rules.get(wanted.rule.value);
    return [
      [checked.length === severities.length, `severity ${checked.join(" or ") || "none"}`],
      [rule === undefined, `rule ${rule?.name}`],
      [wanted.path.value.trim() === "", `path ${file === null ? "contains " : ""}${wanted.path.value.trim()}`],
      [wanted.text.value.trim() === "", `text contains ${wanted.text.value.trim()}`],
    ].filter(([isOff]) => !isOff).map(([, text]) => text);
  }

  function hide(element, isHidden) {
    if (element.hidden !== isHidden) element.hidden = isHidden;
  }

  function show(row, isShown) {
    if (row.isShown !== isShown) row.element.hidden = !isShown;
    row.isShown = isShown;
  }

  // A changed filter shows its first findings.
  function restart() {
    [first, end] = [0, step];
    apply();
  }

  function reset() {
    for (const box of severities) box.checked = true;
    for (const field of Object.values(wanted)) field.value = "";
    file = null;
    restart();
  }

  // A title has the whole of a path that is shown without its middle.
  function nameOf(bar) {
    const name = bar.querySelector(".name");
    return name.title || name.textContent;
  }

  for (const bar of bars) {
    bar.disabled = false;
    bar.addEventListener("click", () => {
      const isPressed = bar.getAttribute("aria-pressed") === "true";
      if ("rule" in bar.dataset) {
        wanted.rule.value = isPressed ? "" : bar.dataset.rule;
      } else {
        file = isPressed ? null : bar.dataset.file;
        wanted.path.value = isPressed ? "" : nameOf(bar);
      }
      restart();
    });
  }
  filters.addEventListener("input", (event) => {
    if (event.target === wanted.path) file = null;
    restart();
  });
  filters.addEventListener("submit", (event) => event.preventDefault());
  byId("reset").addEventListener("click", reset);
  // The first of the added findings gets the focus.
  earlier.addEventListener("click", () => {
    first = Math.max(0, first - step);
    apply();
    focus(document.querySelector(".finding:not([hidden])"));
  });
  more.addEventListener("click", () => {
    const count = end - first;
    end += step;
    apply();
    focus(document.querySelectorAll(".finding:not([hidden])")[count]);
  });

  // Paper has all fitting findings, the filters in words, and the help of the rules of these findings.
  let onScreen = [first, end];
  function hideRules(isHidden) {
    for (const rule of rules.values()) hide(rule.element, isHidden(rule));
    if (rules.size > 0) hide(byId("rules"), [...rules.values()].every(isHidden));
  }
  addEventListener("beforeprint", () => {
    onScreen = [first, end];
    [first, end] = [0, Infinity];
    apply();
    const filtered = described();
    byId("part").textContent = `${status.textContent}: ${filtered.join("; ")}`;
    byId("part").hidden = filtered.length === 0;
    hideRules((rule) => filtered.length > 0 && !rule.fits);
  });
  addEventListener("afterprint", () => {
    [first, end] = onScreen;
    apply();
    hideRules(() => false);
  });

  // The summary is written last, because it depends on all findings, but is read first.
  document.querySelector("main").insertBefore(byId("summary"), findings);
  document.querySelector("main").insertBefore(filters, findings);
  filters.hidden = total === 0;
  apply();

  // Texts are read in idle time, before the first search.
  function gather(deadline) {
    for (; gather.file < files.length; gather.file += 1, gather.row = 0) {
      const rows = files[gather.file].rows;
      for (; gather.row < rows.length; gather.row += 1) {
        if (deadline.timeRemaining() < 2) return requestIdleCallback(gather);
        textOf(files[gather.file], rows[gather.row]);
      }
    }
  }
  [gather.file, gather.row] = [0, 0];
  if ("requestIdleCallback" in window) requestIdleCallback(gather);

  // MARK: Links to findings

  function focus(element, block = "start") {
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block });
  }

  function follow() {
    const target = location.hash.length > 1 ? byId(location.hash.slice(1)) : null;
    const gone = byId("gone");
    gone.hidden = target !== null || !location.hash.startsWith("#f-");
    if (!gone.hidden) focus(gone, "nearest");
    if (target === findings) focus(findings);
    const row = rowOf.get(target);
    if (row === undefined) return;
    if (row.place < 0) reset();
    if (row.place < first || row.place >= end) {
      first = row.place - row.place % step;
      end = first + step;
      apply();
    }
    focus(target);
  }
  addEventListener("hashchange", follow);
  // A link to the finding in the address does not change the address.
  findings.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link !== null && link.hash === location.hash) follow();
  });
  follow();

  // MARK: Help

  // The help of a rule is on the page once, and copied to a finding whose help is opened.
  findings.addEventListener("toggle", (event) => {
    const details = event.target;
    if (!details.open || details.querySelector(".text") !== null) return;
    const rule = rowOf.get(details.closest(".finding")).rule;
    details.append(rule.element.querySelector(".text").cloneNode(true));
  }, true);

  // MARK: Theme

  const theme = byId("theme");
  function remember(value) {
    try {
      if (value === undefined) return localStorage.getItem("requisite-theme");
      localStorage.setItem("requisite-theme", value);
    } catch {
      // A browser may have no storage for files.
    }
    return null;
  }
  function paint() {
    if (theme.value === "") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme.value;
  }
  const remembered = remember();
  if (remembered === "light" || remembered === "dark") theme.value = remembered;
  theme.addEventListener("change", () => {
    remember(theme.value);
    paint();
  });
  theme.parentElement.hidden = false;
  paint();
})();
