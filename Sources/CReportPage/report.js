
// The script of the HTML report: filters, links to findings, the help of rules and the theme.
// Without it, the page shows every finding, with the summary at the end.

"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const findings = byId("findings");
  const filters = byId("filters");
  const status = byId("status");
  const none = byId("none");
  const more = byId("more");
  const leftOut = byId("left-out") === null ? 0 : Number(byId("left-out").dataset.count);

  // So many findings are shown at once: a browser lays them out before somebody has typed the next letter.
  const step = 100;

  // Parts of a long list that show nothing are hidden as a whole, so that a browser does not look into them.
  for (const list of document.querySelectorAll(".file > ol")) {
    const rows = [...list.children];
    for (let start = step; start < rows.length; start += step) {
      const part = document.createElement("ol");
      part.append(...rows.slice(start, start + step));
      list.parentElement.append(part);
    }
  }

  // The findings by file, and the text of each once it is searched.
  const files = [...document.querySelectorAll(".file")].map((element) => ({
    element,
    path: element.querySelector("h3").textContent,
    parts: [...element.querySelectorAll(":scope > ol")],
    rows: [...element.querySelectorAll(".finding")].map((row) => ({
      element: row,
      severity: row.classList[1],
      rule: row.dataset.rule,
      isShown: true,
      text: null,
    })),
  }));
  const total = files.reduce((sum, file) => sum + file.rows.length, 0);

  function textOf(file, row) {
    if (row.text === null) row.text = `${file.path}\n${row.element.textContent}`.toLowerCase();
    return row.text;
  }

  // MARK: Filters

  let limit = step;

  const wanted = { rule: byId("by-rule"), path: byId("by-path"), text: byId("by-text") };
  const severities = [...filters.querySelectorAll("input[name=severity]")];
  const bars = [...document.querySelectorAll(".chart button")];
  // The file whose bar is pressed; any other text is a part of a path.
  let file = null;

  function apply() {
    const shownSeverities = new Set(severities.filter((box) => box.checked).map((box) => box.value));
    const rule = wanted.rule.value;
    const path = wanted.path.value.trim().toLowerCase();
    const words = wanted.text.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    let [fitting, shown] = [0, 0];
    for (const each of files) {
      const shownBefore = shown;
      if (file === null ? each.path.toLowerCase().includes(path) : each.path === file) {
        for (const row of each.rows) {
          const fits =
            shownSeverities.has(row.severity) &&
            (rule === "" || row.rule === rule) &&
            words.every((word) => textOf(each, row).includes(word));
          if (fits) fitting += 1;
          show(row, fits && shown < limit);
          if (row.isShown) shown += 1;
        }
      } else {
        for (const row of each.rows) show(row, false);
      }
      for (const [index, part] of each.parts.entries()) {
        hide(part, !each.rows.slice(index * step, (index + 1) * step).some((row) => row.isShown));
      }
      hide(each.element, shown === shownBefore);
    }
    none.hidden = fitting > 0 || total === 0;
    more.hidden = shown === fitting;
    const all = `${total} ${total === 1 ? "finding" : "findings"}${leftOut > 0 ? ` on this page (${leftOut} more are left out)` : ""}`;
    const part = shown === fitting ? `${shown}` : `the first ${shown}`;
    const text = fitting === total || shown === fitting
      ? `Showing ${part} of ${all}`
      : `Showing ${part} of ${fitting} that fit, of ${all}`;
    if (status.textContent !== text) status.textContent = text;
    for (const bar of bars) {
      const isPressed = "rule" in bar.dataset
        ? bar.dataset.rule === rule
        : nameOf(bar) === file;
      bar.setAttribute("aria-pressed", String(isPressed));
    }
  }

  function described() {
    const checked = severities.filter((box) => box.checked).map((box) => box.value);
    const rule = wanted.rule.value === "" ? "" : byId(`rule-${wanted.rule.value}`).querySelector("h3").textContent;
    return [
      [checked.length === severities.length, `severity ${checked.join(" or ") || "none"}`],
      [rule === "", `rule ${rule}`],
      [wanted.path.value.trim() === "", `path contains ${wanted.path.value.trim()}`],
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

  // What a filter leaves is shown from its first finding on.
  function restart() {
    limit = step;
    apply();
  }

  function reset() {
    for (const box of severities) box.checked = true;
    for (const field of Object.values(wanted)) field.value = "";
    file = null;
    restart();
  }

  function nameOf(bar) {
    return bar.querySelector(".name").textContent;
  }

  for (const bar of bars) {
    bar.disabled = false;
    bar.addEventListener("click", () => {
      const isPressed = bar.getAttribute("aria-pressed") === "true";
      if ("rule" in bar.dataset) {
        wanted.rule.value = isPressed ? "" : bar.dataset.rule;
      } else {
        file = isPressed ? null : nameOf(bar);
        wanted.path.value = file ?? "";
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
  more.addEventListener("click", () => {
    const first = limit;
    limit += step;
    apply();
    // The keys go on where the findings that were added begin.
    focus(document.querySelectorAll(".finding:not([hidden])")[first]);
  });
  // Paper has all that fit, and says which filters these fit.
  let limitOnScreen = step;
  addEventListener("beforeprint", () => {
    limitOnScreen = limit;
    limit = Infinity;
    apply();
    const filtered = described();
    byId("part").textContent = `${status.textContent}: ${filtered.join("; ")}`;
    byId("part").hidden = filtered.length === 0;
  });
  addEventListener("afterprint", () => {
    limit = limitOnScreen;
    apply();
  });

  // The summary is known last and written last; it is read first.
  document.querySelector("main").insertBefore(byId("summary"), findings);
  document.querySelector("main").insertBefore(filters, findings);
  filters.hidden = total === 0;
  apply();

  // The texts are gathered before somebody searches for one.
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

  function focus(element) {
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "start" });
  }

  function follow() {
    const target = location.hash.length > 1 ? byId(location.hash.slice(1)) : null;
    byId("gone").hidden = target !== null || !location.hash.startsWith("#f-");
    if (target === null || !findings.contains(target)) return;
    if (target.closest("[hidden]")) reset();
    const rows = files.flatMap((each) => each.rows);
    const place = rows.findIndex((row) => row.element === target);
    if (place >= limit) {
      limit = place + step;
      apply();
    }
    focus(target);
  }
  addEventListener("hashchange", follow);
  // A link to the finding that the address names already changes no address.
  findings.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link !== null && link.hash === location.hash) follow();
  });
  follow();

  // MARK: Help

  // A rule's help is once on the page; opened at a finding, it is copied there.
  findings.addEventListener("toggle", (event) => {
    const details = event.target;
    if (!details.open || details.querySelector(".text") !== null) return;
    const text = byId(`rule-${details.closest(".finding").dataset.rule}`).querySelector(".text");
    details.append(text.cloneNode(true));
  }, true);

  // MARK: Theme

  const theme = byId("theme");
  function remember(value) {
    try {
      if (value === undefined) return localStorage.getItem("requisite-theme");
      localStorage.setItem("requisite-theme", value);
    } catch {
      // A browser may keep nothing for a file.
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
