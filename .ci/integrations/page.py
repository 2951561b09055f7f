"""Opens HTML reports in headless Chromium and uses them: filters, links, help, themes, keyboard, printing.

    REQUISITE_BINARY=requisite python3 .ci/integrations/page.py [--screenshots FOLDER]

Speaks the DevTools protocol over a pipe; needs Chromium, and no network. With a folder, saves screenshots of the
report in three widths and both themes there.
"""

from __future__ import annotations

import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

BINARY = pathlib.Path(os.environ["REQUISITE_BINARY"]).resolve()
CHROMIUM = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
SCREENSHOTS = None

SECRET = "4111-1111-do-not-show"
HOSTILE = [
    "</script><script>document.title = 'injected'</script><img src=x onerror=\"document.title = 'injected'\">",
    "</li></ol></pre><!-- <style>*{display:none}</style>",
    "' onmouseover='alert(1)' a=\"b\" &lt;b&gt; &amp;amp; ]]>",
    "\u202egnp.exe\u2066\u200f \u2028\u2029 \x00\x1b[2J\x7f\u0085",
    "javascript:alert(1) http://evil.example/x.png url(http://evil.example/y.png)",
    "\u05d0\u05d1\u05d2 (1) \u0627\u0628 \U0001f469\u200d\U0001f4bb e\u0301 \u540d\u524d",
]
PACK = {
    "requisite": 1,
    "name": "hostile",
    "request": {"operation": "Hostile", "detect": {"required": ["value"]}, "sensitive": "$.secret"},
    "rules": {
        "value": {
            "given": "$.value", "then": {"type": "integer"}, "message": "{{ self }} is no number",
            "help": "Use a *number*, see [this](javascript:alert(1)), [that](https://example.com/a?b=1&c=2) or\n\n"
            "```json\n{\"value\": 1}\n```\n\n<img src=x onerror=alert(1)>\n\n| a | b |\n| - | - |\n| 1 | 2 |\n",
            "fix": [{"op": "replace", "path": "", "value": 1}],
        },
        "detail": {"given": "$.value", "then": {"pattern": "^a$"}, "severity": "warning"},
        "members": {"then": {"propertyNames": {"maxLength": 6}}, "severity": "info"},
        "secret": {"given": "$.secret", "then": {"const": 0}, "message": "{{ self }} is wrong", "severity": "warning"},
    },
}


class Browser:
    """Headless Chromium with one page, driven over a pipe."""

    def __init__(self, profile: str):
        to_browser, self.output = os.pipe()
        self.input, from_browser = os.pipe()
        # The pipe is on the descriptors 3 and 4.
        arguments = [
            CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
            f"--user-data-dir={profile}", "about:blank",
        ]
        command = f'exec 3<&{to_browser} 4>&{from_browser}; exec "$@"'
        self.process = subprocess.Popen(
            ["bash", "-c", command, "bash", *arguments], pass_fds=(to_browser, from_browser),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        self.buffer, self.number, self.events, self.session = b"", 0, [], None
        target = next(each for each in self.call("Target.getTargets")["targetInfos"] if each["type"] == "page")
        attached = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self.session = attached["sessionId"]
        for domain in ["Page", "Runtime", "Log", "Network", "DOM"]:
            self.call(f"{domain}.enable")
        self.call("Page.setLifecycleEventsEnabled", enabled=True)

    def read(self) -> dict:
        while b"\0" not in self.buffer:
            part = os.read(self.input, 1 << 20)
            if not part:
                raise RuntimeError("Chromium has ended")
            self.buffer += part
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def call(self, method: str, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.output, data):]
        while True:
            answer = self.read()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def has_loaded(self, loader: str) -> bool:
        return any(
            event.get("method") == "Page.lifecycleEvent" and event["params"]["name"] == "load"
            and event["params"]["loaderId"] == loader for event in self.events)

    def open(self, address: str) -> None:
        self.call("Page.navigate", url="about:blank")
        self.run("0")
        self.events.clear()
        # The load event of the empty page may come only now.
        loader = self.call("Page.navigate", url=address)["loaderId"]
        while not self.has_loaded(loader):
            self.events.append(self.read())

    def run(self, script: str):
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise AssertionError(f"{script}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def size(self, width: int, height: int = 900) -> None:
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def media(self, scheme: str, media: str = "screen") -> None:
        self.call(
            "Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": scheme}])

    def key(self, key: str, code: int) -> None:
        text = {"text": "\r"} if key == "Enter" else {"text": " "} if key == " " else {}
        for kind in ["keyDown", "keyUp"]:
            self.call(
                "Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code,
                **(text if kind == "keyDown" else {}))

    def faults(self) -> list:
        """Messages of the console, violations of the policy, and requests to the network."""
        found = []
        for event in self.events:
            method, parameters = event.get("method"), event.get("params", {})
            if method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"):
                found.append(parameters)
            if method == "Network.requestWillBeSent" and not parameters["request"]["url"].startswith("file://"):
                found.append(parameters["request"]["url"])
        return found

    def close(self) -> None:
        self.session = None
        self.call("Browser.close")
        self.process.wait(20)
        os.close(self.output)
        os.close(self.input)


# Visible texts whose contrast with their background is too low (WCAG 2.2, 1.4.3).
CONTRAST = r"""
(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ratio = (a, b) => {
    const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const color = rgba(getComputedStyle(each).backgroundColor);
      if (color[3] === 255) return color;
    }
    return rgba(getComputedStyle(document.documentElement).colorScheme === "dark" ? "black" : "white");
  };
  const low = [];
  let count = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
    if (["SCRIPT", "STYLE"].includes(element.tagName)) continue;
    count += 1;
    const value = ratio(rgba(getComputedStyle(element).color), behind(element));
    if (value < 4.5) low.push([element.outerHTML.slice(0, 80), value]);
  }
  // Borders of controls, and bars (1.4.11).
  for (const control of document.querySelectorAll("select, input[type=text], #reset")) {
    const style = getComputedStyle(control);
    const value = ratio(rgba(style.borderTopColor), behind(control.parentElement));
    if (value < 3) low.push([control.outerHTML.slice(0, 80), value]);
  }
  for (const bar of document.querySelectorAll(".bar rect")) {
    const value = ratio(rgba(getComputedStyle(bar).fill), behind(bar.parentElement));
    if (value < 3) low.push([bar.outerHTML, value]);
  }
  return { count, low, page: behind(document.body) };
})()
"""

# Records which elements are hidden or shown.
WATCH = r"""
(() => {
  globalThis.watcher?.disconnect();
  globalThis.watcher = new MutationObserver(() => {});
  watcher.observe(document.body, { attributeFilter: ["hidden"], subtree: true });
})()
"""

# Elements that are wider than the page, and lines whose text is cut off.
CLIPPED = r"""
(() => {
  const clipped = [];
  const wide = document.documentElement.clientWidth;
  for (const each of document.body.querySelectorAll("*")) {
    if (!each.checkVisibility() || each.closest(".unseen, .skip, .theme span, .table")) continue;
    const box = each.getBoundingClientRect();
    const scrolls = each.closest("pre") !== null && each.tagName !== "PRE";
    if (!scrolls && box.width > 0 && (box.right > wide + 1 || box.left < 0)) clipped.push(each.outerHTML.slice(0, 90));
    if (["PRE", "H3", "H4", "P", "LI", "BUTTON"].includes(each.tagName) && each.scrollWidth > each.clientWidth + 1)
      clipped.push(`${each.scrollWidth} > ${each.clientWidth}: ${each.outerHTML.slice(0, 90)}`);
  }
  return clipped;
})()
"""

SHOWN = "[...document.querySelectorAll('.finding')].filter((each) => each.checkVisibility()).length"


def set_field(name: str, value: str) -> str:
    return (
        f"(() => {{ const field = document.getElementById({json.dumps(name)}); field.value = {json.dumps(value)};"
        " field.dispatchEvent(new Event('input', { bubbles: true })); })()")


class PageTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory()
        cls.folder = folder = pathlib.Path(cls.holder.name)
        (folder / "hostile.yaml").write_text(json.dumps(PACK), "utf-8")
        (folder / "requests").mkdir()
        for index, text in enumerate(HOSTILE):
            value = {"value": text, "secret": SECRET, f"name {text}": 1}
            (folder / f"requests/{index} {text.replace('/', '~').replace(chr(0), '')[:60]}.json").write_text(
                json.dumps(value, indent=1, ensure_ascii=index % 2 == 0), "utf-8")
        (folder / "requests/log.jsonl").write_text(
            "\n".join(json.dumps({"value": text, "secret": SECRET}) for text in HOSTILE), "utf-8")
        (folder / "large").mkdir()
        lines = [json.dumps({"value": f"text {index}", "list": list(range(20))}) for index in range(5_000)]
        (folder / "large/log.jsonl").write_text("\n".join(lines), "utf-8")
        # Two paths that are shown alike.
        (folder / "long").mkdir()
        for mark in ["left", "right"]:
            (folder / f"long/{'a' * 130}{mark}{'b' * 60}.json").write_text('{"value": "b"}', "utf-8")
        (folder / "empty").mkdir()
        (folder / "empty/clean.json").write_text('{"value": 1}', "utf-8")
        cls.findings = json.loads(cls.check("json", "requests"))["findings"]
        for name in ["requests", "large", "long", "empty"]:
            (folder / f"{name}.html").write_bytes(cls.check("html", name))
        cls.browser = Browser(str(folder / "profile"))

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.holder.cleanup()

    @classmethod
    def check(cls, format: str, name: str) -> bytes:
        run = subprocess.run(
            [BINARY, "check", "--quiet", "--fail-on", "never", "--pack", "hostile.yaml", "--format", format, name],
            cwd=cls.folder, stdout=subprocess.PIPE, check=True, timeout=300)
        return run.stdout

    def open(self, name: str, anchor: str = "", scheme: str = "light", width: int = 1400) -> None:
        self.browser.size(width)
        self.browser.media(scheme)
        self.browser.open((self.folder / f"{name}.html").as_uri() + anchor)
        self.browser.run("localStorage.clear()")

    def tearDown(self):
        self.assertEqual(self.browser.faults(), [])
        self.assertEqual(self.browser.run("document.title"), "Requisite report")

    def status(self) -> str:
        return self.browser.run("document.getElementById('status').textContent")

    # MARK: Contents

    def test_has_every_finding_and_nothing_else(self):
        self.open("requests")
        rows = self.browser.run(
            """[...document.querySelectorAll(".finding")].map((row) => ({
              severity: row.classList[1], rule: row.querySelector("a code").textContent,
              place: row.querySelector(".places a").textContent, id: row.id.slice(2),
              fix: row.querySelector(".diff") !== null, help: row.querySelector(".help") !== null }))""")
        self.assertGreater(len(rows), 20)
        self.assertEqual(
            [(row["severity"], row["rule"], row["place"], row["id"]) for row in rows],
            [(each["severity"], each["ruleId"], f"Line {each['line']}, column {each['column']}",
              each["fingerprint"][:16]) for each in self.findings])
        self.assertEqual([row["fix"] for row in rows], ["fix" in each for each in self.findings])
        self.assertTrue(any(row["fix"] for row in rows))
        self.assertTrue(all(row["help"] for row in rows if row["rule"] == "hostile/value"))
        page = (self.folder / "requests.html").read_text("utf-8")
        self.assertNotIn(SECRET, page)
        self.assertEqual(self.browser.run("document.querySelectorAll('script, style, img, iframe, link').length"), 2)
        names = self.browser.run(
            "[...new Set([...document.querySelectorAll('*')].flatMap((each) => each.getAttributeNames()))]")
        self.assertEqual([name for name in names if name.startswith("on") or name in ("style", "src")], [])
        links = self.browser.run("[...new Set([...document.links].map((each) => each.protocol))]")
        self.assertEqual(set(links), {"file:", "https:"})
        self.assertEqual(
            self.browser.run("(() => { const ids = [...document.querySelectorAll('[id]')].map((each) => each.id);"
                             " return ids.length - new Set(ids).size; })()"), 0)

    def test_shows_a_run_without_findings(self):
        self.open("empty")
        self.assertIn("No findings.", self.browser.run("document.querySelector('main').innerText"))
        self.assertFalse(self.browser.run("document.getElementById('filters').checkVisibility()"))

    # MARK: Filters

    def test_filters(self):
        run = self.browser.run
        self.open("requests")
        every = len(self.findings)
        self.assertEqual(run(SHOWN), every)
        self.assertEqual(self.status(), f"Showing {every} of {every} findings")

        def expect(count: int):
            self.assertGreater(count, 0)
            self.assertEqual(run(SHOWN), count)
            self.assertEqual(self.status(), f"Showing {count} of {every} findings")
            self.assertEqual(
                run("[...document.querySelectorAll('.file')].filter((each) => each.checkVisibility()"
                    " && !each.querySelector('.finding:not([hidden])')).length"), 0)

        run("document.querySelector('input[value=error]').click()")
        expect(sum(each["severity"] != "error" for each in self.findings))
        run("document.getElementById('reset').click()")
        expect(every)
        option = "[...document.querySelectorAll('#by-rule option')].find((each) => each.text.startsWith('hostile/detail'))"
        run(set_field("by-rule", run(f"{option}.value")))
        expect(sum(each["ruleId"] == "hostile/detail" for each in self.findings))
        run(set_field("by-path", "LOG.jsonl"))
        expect(sum(each["ruleId"] == "hostile/detail" and each["path"].endswith("log.jsonl") for each in self.findings))
        run("document.getElementById('reset').click()")
        run(set_field("by-text", "evil.example  IS no"))
        expect(sum("evil.example" in each["message"] and "is no" in each["message"] for each in self.findings))
        # A location as text reports write it, and words of the help of a rule.
        last = [each for each in self.findings if each["path"].endswith("log.jsonl")][-1]
        place = f"{last['path']}:{last['line']}:{last['column']}"
        count = sum((each["path"], each["line"], each["column"]) == (last["path"], last["line"], last["column"])
                    for each in self.findings)
        run(set_field("by-text", f"{place}: {last['severity']}: [{last['ruleId']}]"))
        expect(1)
        run(set_field("by-text", place))
        expect(count)
        run(set_field("by-text", "Use a number, see"))
        expect(sum(each["ruleId"] == "hostile/value" for each in self.findings))
        run(set_field("by-text", "number, log.jsonl:2:"))
        expect(1)
        run(set_field("by-text", "no such text"))
        self.assertEqual(run(SHOWN), 0)
        self.assertTrue(run("document.getElementById('none').checkVisibility()"))
        run("document.getElementById('reset').click()")

        # A bar filters when pressed, and no longer when pressed again.
        for column, key in [(0, "ruleId"), (1, "path")]:
            bar = f"document.querySelectorAll('.chart')[{column}].querySelector('button')"
            count = int(run(f"{bar}.querySelector('.count').firstChild.data"))
            self.assertIn(count, [sum(each[key] == value for each in self.findings)
                                  for value in {each[key] for each in self.findings}])
            run(f"{bar}.click()")
            expect(count)
            self.assertEqual(run(f"{bar}.getAttribute('aria-pressed')"), "true")
            run(f"{bar}.click()")
            expect(every)

    def test_filters_ten_thousand_findings(self):
        self.open("large")
        every = self.browser.run("document.querySelectorAll('.finding').length")
        self.assertGreaterEqual(every, 10_000)
        # Only the first findings are shown, so that filters are fast, and more on demand.
        self.assertEqual(self.browser.run(SHOWN), 100)
        self.assertEqual(self.status(), f"Showing the first 100 of {every} findings")
        # Their number is on one line.
        heights = "[...document.querySelectorAll('.count')].map((each) => each.getBoundingClientRect().height)"
        for width in [360, 1400]:
            self.browser.size(width)
            self.assertLess(max(self.browser.run(heights)), 40)
        self.browser.run("document.getElementById('more').click()")
        self.assertEqual(self.browser.run(SHOWN), 200)
        self.browser.run("document.getElementById('reset').click()")
        # The time to the next frame, and the number of elements that are hidden or shown.
        times, changes = {}, {}
        self.browser.run(WATCH)
        for name, value in [("by-text", "1234"), ("by-text", ""), ("by-path", "none"), ("by-path", ""), ("by-text", "text 4")]:
            self.browser.run("watcher.takeRecords()")
            times[f"{name}={value}"] = self.browser.run(
                f"""new Promise((done) => requestAnimationFrame(() => {{
                  const start = performance.now();
                  {set_field(name, value)};
                  globalThis.changeCount = watcher.takeRecords().length;
                  document.body.offsetHeight;
                  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
                }}))""")
            changes[f"{name}={value}"] = self.browser.run("changeCount")
        self.assertGreater(max(changes.values()), 0)
        # The first findings that fit are shown, and those before hidden, with the parts of the list they are in.
        self.assertLessEqual(max(changes.values()), 410, changes)
        size = (self.folder / "large.html").stat().st_size
        print(f"\n{every} findings, {size:,} bytes; milliseconds to filter them:",
              ", ".join(f"{name} {time:.0f}" for name, time in times.items()))

    def test_tells_files_apart_that_are_shown_alike(self):
        run = self.browser.run
        self.open("long")
        names = run("[...document.querySelectorAll('.file > h3')].map((each) => each.textContent)")
        self.assertEqual(len(names), 2)
        self.assertEqual(names[0], names[1])
        every = run("document.querySelectorAll('.finding').length")
        bars = "document.querySelectorAll('.chart')[1].querySelectorAll('button')"
        for index in [0, 1]:
            run(f"{bars}[{index}].click()")
            self.assertEqual(self.status(), f"Showing {every // 2} of {every} findings")
            self.assertEqual(
                run(f"[...{bars}].map((each) => each.getAttribute('aria-pressed'))"),
                ["true", "false"] if index == 0 else ["false", "true"])
            self.assertEqual(run("[...document.querySelectorAll('.file:not([hidden])')].map((each) => each.dataset.file)"),
                             [run(f"{bars}[{index}].dataset.file")])
        run("document.getElementById('reset').click()")
        for field in ["by-path", "by-text"]:
            run(set_field(field, "aLEFTb"))
            self.assertEqual(self.status(), f"Showing {every // 2} of {every} findings")
            # The path as it is shown.
            run(set_field(field, names[0]))
            self.assertEqual(self.status(), f"Showing {every} of {every} findings")
            run("document.getElementById('reset').click()")

    # MARK: Links

    def test_links_to_findings(self):
        run = self.browser.run
        wanted = f"f-{self.findings[-1]['fingerprint'][:16]}"
        self.open("requests", f"#{wanted}")
        self.assertEqual(run("document.activeElement.id"), wanted)
        place = f"(() => {{ const box = document.getElementById('{wanted}').getBoundingClientRect();"
        place += " return box.top >= 0 && box.top < innerHeight; })()"
        self.assertTrue(run(place))
        # A link to a finding that the filters hide shows it.
        run(set_field("by-text", "no such text"))
        run("scrollTo(0, 0)")
        run("location.hash = ''")
        self.go_to(wanted)
        self.assertEqual(run("document.activeElement.id"), wanted)
        self.assertTrue(run(place))
        self.assertTrue(run("document.getElementById('gone').hidden"))
        # A missing finding has a notice; other unknown ids have none.
        self.open("requests", "#f-0000")
        gone = "document.getElementById('gone')"
        in_sight = f"(() => {{ const box = {gone}.getBoundingClientRect(); return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight; }})()"
        self.assertTrue(run(in_sight))
        self.assertEqual(run("document.activeElement.id"), "gone")
        run("document.activeElement.blur()")
        run("scrollTo(0, document.body.scrollHeight)")
        self.assertFalse(run(in_sight))
        self.go_to("f-0001")
        self.assertTrue(run(in_sight))
        self.assertEqual(run("document.activeElement.id"), "gone")
        self.open("requests", "#%3Cscript%3E")
        self.assertTrue(run("document.getElementById('gone').hidden"))

    def go_to(self, anchor: str) -> None:
        self.browser.run(
            "new Promise((done) => { addEventListener('hashchange', () => done(0), { once: true });"
            f" location.hash = '{anchor}'; }})")

    def test_link_to_a_late_finding_shows_those_around_it(self):
        run = self.browser.run
        self.open("large")
        rows = "[...document.querySelectorAll('.finding')]"
        every = run(f"{rows}.length")
        self.go_to(run(f"{rows}[5050].id"))
        self.assertEqual(run(SHOWN), 100)
        self.assertEqual(self.status(), f"Showing 5001 to 5100 of {every} findings")
        self.assertTrue(run(f"document.activeElement === {rows}[5050]"))
        run("document.getElementById('more').click()")
        self.assertEqual(run(SHOWN), 200)
        self.assertTrue(run(f"document.activeElement === {rows}[5100]"))
        run("document.getElementById('earlier').click()")
        self.assertEqual(run(SHOWN), 300)
        self.assertTrue(run(f"document.activeElement === {rows}[4900]"))
        self.assertEqual(self.status(), f"Showing 4901 to 5200 of {every} findings")
        self.go_to(run(f"{rows}.at(-1).id"))
        self.assertTrue(run(f"document.activeElement === {rows}.at(-1) && {rows}.at(-1).checkVisibility()"))
        self.assertFalse(run("document.getElementById('more').checkVisibility()"))
        # A finding that fits the filters does not reset them; one that they hide does.
        run(set_field("by-text", "text"))
        self.assertFalse(run("document.getElementById('earlier').checkVisibility()"))
        self.go_to(run(f"{rows}[9000].id"))
        self.assertEqual(run("document.getElementById('by-text').value"), "text")
        self.assertTrue(run(f"document.activeElement === {rows}[9000]"))
        run(set_field("by-text", "no such text"))
        self.go_to(run(f"{rows}[8000].id"))
        self.assertEqual(run("document.getElementById('by-text').value"), "")
        self.assertTrue(run(f"document.activeElement === {rows}[8000]"))
        self.assertEqual(run(SHOWN), 100)
        # Paper has all of them, and the screen has what it had.
        run("dispatchEvent(new Event('beforeprint'))")
        self.assertEqual(run("document.querySelectorAll('.finding[hidden]').length"), 0)
        run("dispatchEvent(new Event('afterprint'))")
        self.assertEqual(self.status(), f"Showing 8001 to 8100 of {every} findings")

    def test_help_opens_at_a_finding(self):
        self.open("requests")
        text = self.browser.run(
            """new Promise((done) => {
              const help = document.querySelector(".help");
              help.addEventListener("toggle", () => setTimeout(() => done(help.textContent)));
              help.querySelector("summary").click();
            })""")
        self.assertIn("Use a number", text)
        self.assertIn("<img src=x onerror=alert(1)>", text)

    # MARK: Themes and printing

    def test_contrast_in_both_themes(self):
        for scheme in ["light", "dark"]:
            for name in ["requests", "empty"]:
                self.open(name, scheme=scheme)
                self.browser.run("for (const each of document.querySelectorAll('.help')) each.open = true")
                if name == "requests":
                    self.browser.run("location.hash = document.querySelector('.finding').id")
                    self.browser.run("document.querySelector('.chart button').click()")
                    self.browser.run("document.querySelector('.chart button').click()")
                found = self.browser.run(CONTRAST)
                self.assertEqual(found["low"], [], scheme)
                self.assertGreater(found["count"], 200 if name == "requests" else 8)
                self.assertEqual(sum(found["page"][:3]) > 3 * 128, scheme == "light")

    def test_switches_the_theme(self):
        self.open("requests", scheme="dark")
        self.assertTrue(self.browser.run("document.getElementById('theme').checkVisibility()"))
        background = "getComputedStyle(document.body).backgroundColor"
        dark = self.browser.run(background)
        change = "(() => { const field = document.getElementById('theme'); field.value = '%s';"
        change += " field.dispatchEvent(new Event('change')); })()"
        self.browser.run(change % "light")
        self.assertNotEqual(self.browser.run(background), dark)
        self.assertEqual(self.browser.run(CONTRAST)["low"], [])
        self.browser.run(change % "dark")
        self.browser.media("light")
        self.assertEqual(self.browser.run(background), dark)
        self.browser.run(change % "")
        self.assertNotEqual(self.browser.run(background), dark)

    def test_prints(self):
        self.open("requests", scheme="dark")
        self.browser.media("dark", "print")
        self.assertEqual(self.browser.run("getComputedStyle(document.body).backgroundColor"), "rgb(255, 255, 255)")
        self.assertFalse(self.browser.run("document.getElementById('filters').checkVisibility()"))
        self.assertEqual(self.browser.run(SHOWN), len(self.findings))
        self.assertEqual(self.browser.run(CONTRAST)["low"], [])
        for hidden in ["#filters", "#more", ".theme", ".skip", ".help"]:
            self.assertFalse(self.browser.run(f"document.querySelector('{hidden}').checkVisibility()"), hidden)
        for width in [640, 718]:
            self.browser.size(width)
            self.assertLessEqual(self.browser.run("document.documentElement.scrollWidth"), width)
            self.assertEqual(self.browser.run(CLIPPED), [], width)
        self.assertEqual(
            self.browser.run("[...new Set([...document.querySelectorAll('.finding')].map("
                             "(each) => getComputedStyle(each).breakInside))]"), ["avoid"])
        pdf = base64.b64decode(self.browser.call("Page.printToPDF", printBackground=False)["data"])
        self.assertTrue(pdf.startswith(b"%PDF-"))
        if SCREENSHOTS:
            (SCREENSHOTS / "print.pdf").write_bytes(pdf)

    def test_prints_all_that_fit(self):
        self.open("large")
        self.browser.media("light", "print")
        self.browser.run("dispatchEvent(new Event('beforeprint'))")
        hidden = "document.querySelectorAll('.finding[hidden], .file[hidden], .file > [hidden]').length"
        self.assertEqual(self.browser.run(hidden), 0)
        self.assertFalse(self.browser.run("document.getElementById('part').checkVisibility()"))
        self.browser.run("dispatchEvent(new Event('afterprint'))")
        self.assertGreater(self.browser.run(hidden), 0)

    def test_says_on_paper_which_filters_there_are(self):
        run = self.browser.run
        self.open("requests")
        run("document.querySelector('input[value=error]').click()")
        run("document.querySelector('.chart button').click()")
        run(set_field("by-path", " LOG "))
        self.browser.media("light", "print")
        run("dispatchEvent(new Event('beforeprint'))")
        self.assertTrue(run("document.getElementById('part').checkVisibility()"))
        rule = run("document.querySelector('.chart .name').textContent")
        self.assertEqual(
            run("document.getElementById('part').textContent"),
            f"{self.status()}: severity warning or info; rule {rule}; path contains LOG")
        run("dispatchEvent(new Event('afterprint'))")
        run("document.getElementById('reset').click()")
        run("document.querySelectorAll('.chart')[1].querySelector('button').click()")
        run("dispatchEvent(new Event('beforeprint'))")
        path = run("document.querySelectorAll('.chart')[1].querySelector('.name').textContent")
        self.assertEqual(run("document.getElementById('part').textContent"), f"{self.status()}: path {path}")
        run("dispatchEvent(new Event('afterprint'))")
        self.browser.media("light")
        self.assertFalse(run("document.getElementById('part').checkVisibility()"))

    def test_prints_the_help_of_rules_with_fitting_findings(self):
        run = self.browser.run
        self.open("requests")
        shown = "[...document.querySelectorAll('.rule')].filter((each) => each.checkVisibility()).map((each) => each.querySelector('h3').textContent)"
        every = sorted({each["ruleId"] for each in self.findings})
        severities = {each["ruleId"]: each["severity"] for each in self.findings}
        self.assertEqual(run(shown), every)
        for filtered, wanted in [
            ("0", every),
            ("document.querySelector('input[value=error]').click()",
             [each for each in every if severities[each] != "error"]),
            (set_field("by-text", "no such text"), []),
        ]:
            run(filtered)
            run("dispatchEvent(new Event('beforeprint'))")
            self.assertEqual(run(shown), wanted)
            self.assertEqual(run("document.getElementById('rules').checkVisibility()"), wanted != [])
            run("dispatchEvent(new Event('afterprint'))")
            self.assertEqual(run(shown), every)

    # MARK: Keyboard and screen readers

    def test_roles_and_names(self):
        self.open("requests")
        self.browser.call("Accessibility.enable")
        nodes = self.browser.call("Accessibility.getFullAXTree")["nodes"]
        self.browser.call("Accessibility.disable")
        roles: dict[str, list[str]] = {}
        for node in nodes:
            if not node.get("ignored"):
                name = node.get("name", {}).get("value", "")
                roles.setdefault(node["role"]["value"], []).append(name.strip())
        for role in ["banner", "main", "search", "contentinfo", "status"]:
            self.assertEqual(len(roles.get(role, [])), 1, role)
        self.assertEqual(roles["search"], ["Filters"])
        self.assertEqual(set(roles["region"]) - {"Table"}, {"Summary", "Findings", "Rules"})
        for role in ["button", "link", "textbox", "combobox", "checkbox", "heading", "region", "group"]:
            for name in roles.get(role, []):
                self.assertNotEqual(name, "", role)
        self.assertEqual(sorted(roles["textbox"]), ["Path contains", "Text contains"])
        self.assertEqual(sorted(roles["combobox"]), ["Rule", "Theme"])
        self.assertEqual(len(roles["checkbox"]), 3)
        self.assertTrue(any(name.endswith("findings") for name in roles["button"]), roles["button"])
        # Screen readers skip the marks under a line.
        self.assertNotIn("^", "".join(roles.get("StaticText", [])).replace("^a$", ""))
        self.assertEqual(self.browser.run("document.documentElement.lang"), "en")
        levels = self.browser.run(
            "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((each) => Number(each.tagName[1]))")
        self.assertEqual(levels.count(1), 1)
        for before, after in zip(levels, levels[1:]):
            self.assertLessEqual(after, before + 1)
        self.assertEqual(
            self.browser.run("document.getElementById('status').getAttribute('aria-live')"), "polite")

    def test_keyboard_reaches_everything(self):
        run = self.browser.run
        self.open("requests")
        reached = []
        for _ in range(40):
            self.browser.key("Tab", 9)
            reached.append(run("document.activeElement.id || document.activeElement.className || document.activeElement.tagName"))
            outline = run("getComputedStyle(document.activeElement).outlineStyle")
            self.assertNotEqual(outline, "none", reached[-1])
        self.assertEqual(reached[:2], ["skip", "theme"])
        for name in ["by-rule", "by-path", "by-text", "reset"]:
            self.assertIn(name, reached)
        # The focus follows the order of the page.
        self.assertLess(reached.index("by-rule"), reached.index("reset"))
        run("document.querySelector('.chart button').focus()")
        self.browser.key("Enter", 13)
        self.assertEqual(run("document.querySelector('.chart button').getAttribute('aria-pressed')"), "true")
        run("document.querySelector('input[value=info]').focus()")
        self.browser.key(" ", 32)
        self.assertFalse(run("document.querySelector('input[value=info]').checked"))

    def test_no_width_needs_two_ways_to_scroll(self):
        for width in [320, 360, 800, 1400]:
            for name in ["requests", "empty"]:
                self.open(name, width=width)
                self.browser.run("for (const each of document.querySelectorAll('.help')) each.open = true")
                self.browser.run("new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(0))))")
                self.assertLessEqual(self.browser.run("document.documentElement.scrollWidth"), width)
                self.assertEqual(self.browser.run(CLIPPED), [], width)

    def test_reads_without_its_script(self):
        self.browser.call("Emulation.setScriptExecutionDisabled", value=True)
        try:
            self.browser.open((self.folder / "requests.html").as_uri())
        finally:
            self.browser.call("Emulation.setScriptExecutionDisabled", value=False)
        self.assertEqual(self.browser.run(SHOWN), len(self.findings))
        self.assertFalse(self.browser.run("document.getElementById('filters').checkVisibility()"))

    def test_screenshots(self):
        if not SCREENSHOTS:
            self.skipTest("only with --screenshots")
        for scheme in ["light", "dark"]:
            for width in [360, 800, 1400]:
                self.open("requests", scheme=scheme, width=width)
                for name, height, script in [("top", 1500, "0"), ("findings", 1500, "document.getElementById('findings').scrollIntoView()")]:
                    self.browser.size(width, height)
                    self.browser.run(script)
                    self.browser.run("new Promise((done) => setTimeout(() => done(0), 300))")
                    shot = self.browser.call("Page.captureScreenshot", format="png")
                    (SCREENSHOTS / f"{name}-{width}-{scheme}.png").write_bytes(base64.b64decode(shot["data"]))


if __name__ == "__main__":
    if CHROMIUM is None:
        sys.exit("Chromium is not installed")
    if "--screenshots" in sys.argv:
        SCREENSHOTS = pathlib.Path(sys.argv.pop(sys.argv.index("--screenshots") + 1)).resolve()
        sys.argv.remove("--screenshots")
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    unittest.main()
