"""Opens a page in headless Chromium and asks it questions, over the DevTools protocol on a pipe.

usage: drive.py CHROMIUM PAGE FOLDER STATE WORDS…

Prints one JSON document: what the page loaded, what went wrong in it, and what it shows after each thing that a reader
does: searching for each of WORDS, hiding the entries of STATE, folding. Screenshots go to FOLDER: two widths, light and
dark.

https://chromedevtools.github.io/devtools-protocol/ ; the pipe is --remote-debugging-pipe: descriptors 3 and 4, each
message ended by a zero byte.
"""

import base64
import json
import os
import subprocess
import sys
import tempfile
import time

LIMIT = 60


class Browser:
    def __init__(self, program, profile):
        to_browser, self.output = os.pipe()
        self.input, from_browser = os.pipe()

        def descriptors():
            # The browser wants them as 3 and 4; what is there already must not be overwritten first.
            spare = [os.dup(to_browser), os.dup(from_browser)]
            while min(spare) < 5:
                spare = [os.dup(number) for number in spare]
            os.dup2(spare[0], 3, inheritable=True)
            os.dup2(spare[1], 4, inheritable=True)

        self.process = subprocess.Popen(
            [
                program, "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu",
                "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--hide-scrollbars", f"--user-data-dir={profile}",
                "about:blank",
            ],
            preexec_fn=descriptors, close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        self.buffer = b""
        self.number = 0
        self.session = None
        self.events = []

    def message(self):
        while b"\0" not in self.buffer:
            more = os.read(self.input, 1 << 16)
            if not more:
                sys.exit("the browser has gone away")
            self.buffer += more
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def call(self, method, **parameters):
        self.number += 1
        request = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            request["sessionId"] = self.session
        os.write(self.output, json.dumps(request).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                if "error" in answer:
                    sys.exit(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def wait(self, method):
        for event in self.events:
            if event.get("method") == method:
                return event
        while True:
            event = self.message()
            self.events.append(event)
            if event.get("method") == method:
                return event

    def ask(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in result:
            sys.exit(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")


STATE = """(() => {
  const visible = element => element.checkVisibility();
  const findings = [...document.querySelectorAll(".entry")];
  return {
    shown: document.getElementById("shown").textContent,
    paths: findings.filter(visible).map(f => f.dataset.name),
    open: [...document.querySelectorAll(".group")].filter(visible).map(g => g.open),
    fold: document.getElementById("fold").textContent,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    paper: getComputedStyle(document.body).backgroundColor,
    ink: getComputedStyle(document.body).color,
    title: document.title,
  };
})()"""


def type_into_search(browser, text):
    browser.ask("document.getElementById('search').value = ''; document.getElementById('search').focus()")
    if text:
        browser.call("Input.insertText", text=text)
    else:
        browser.ask("document.getElementById('search').dispatchEvent(new Event('input', {bubbles: true}))")


def click(browser, selector):
    place = browser.ask(
        f"(() => {{ const r = document.querySelector({json.dumps(selector)}).getBoundingClientRect();"
        " return [r.x + r.width / 2, r.y + r.height / 2]; })()"
    )
    for kind in ["mousePressed", "mouseReleased"]:
        browser.call("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)


def main():
    program, page, folder, state, *searches = sys.argv[1:]
    profile = tempfile.mkdtemp(dir=folder)
    browser = Browser(program, profile)
    result = {"states": {}}
    try:
        targets = browser.call("Target.getTargets")["targetInfos"]
        target = next(one["targetId"] for one in targets if one["type"] == "page")
        browser.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Network", "Log"]:
            browser.call(f"{domain}.enable")
        browser.events.clear()
        browser.call("Page.navigate", url=f"file://{page}")
        browser.wait("Page.loadEventFired")
        states = result["states"]
        for width in [360, 1200]:
            for scheme in ["light", "dark"]:
                browser.call(
                    "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1,
                    mobile=width < 500)
                browser.call(
                    "Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
                states[f"{width} {scheme}"] = browser.ask(STATE)
                image = browser.call("Page.captureScreenshot", format="png")["data"]
                with open(os.path.join(folder, f"{width}-{scheme}.png"), "wb") as file:
                    file.write(base64.b64decode(image))
        for words in searches:
            type_into_search(browser, words)
            states[words] = browser.ask(STATE)
        type_into_search(browser, "")
        click(browser, f"input[data-state='{state}']")
        states["filtered"] = browser.ask(STATE)
        click(browser, f"input[data-state='{state}']")
        click(browser, "#fold")
        states["folded"] = browser.ask(STATE)
        click(browser, "#fold")
        states["opened"] = browser.ask(STATE)
        click(browser, ".group summary")
        states["one folded"] = browser.ask(STATE)
        requests = [e["params"]["request"]["url"] for e in browser.events if e.get("method") == "Network.requestWillBeSent"]
        result["requests"] = requests
        result["problems"] = [
            e["params"] for e in browser.events
            if e.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded", "Network.loadingFailed")
        ]
        print(json.dumps(result))
    finally:
        browser.process.kill()
        browser.process.wait()


if __name__ == "__main__":
    import signal

    signal.alarm(LIMIT)
    main()
