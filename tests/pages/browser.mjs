// This is Chromium without a window, controlled over two pipes (Chrome DevTools Protocol), with one page at a time.
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';

// This is longer than anything that is asked here takes on a busy machine.
const PATIENCE_MS = 60_000;

export class Browser {
  #process; #profile; #session;
  #last = 0;
  #waiting = new Map();
  #events = [];
  #listeners = [];

  static async start(program = process.env.CHROMIUM ?? 'chromium') {
    const browser = new Browser();
    browser.#profile = mkdtempSync(join(tmpdir(), 'accord-chromium.'));
    browser.#process = spawn(program, [
      '--headless', '--remote-debugging-pipe', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-extensions', '--hide-scrollbars',
      '--host-resolver-rules=MAP * ~NOTFOUND', `--user-data-dir=${browser.#profile}`,
      // Chromium has no sandbox for root, and what it reads here was written by this build.
      ...(process.getuid() === 0 ? ['--no-sandbox'] : []),
      'about:blank',
    ], {stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], detached: true});
    browser.#listen();
    const {targetInfos} = await browser.#ask('Target.getTargets');
    const {targetId} = targetInfos.find(({type}) => type === 'page');
    ({sessionId: browser.#session} = await browser.#ask('Target.attachToTarget', {targetId, flatten: true}));
    for (const domain of ['Page', 'Network', 'Runtime', 'Accessibility', 'Log']) await browser.call(`${domain}.enable`);
    return browser;
  }

  #listen() {
    let buffer = '', errors = '';
    const fail = (error) => { for (const {reject} of this.#waiting.values()) reject(error); this.#waiting.clear(); };
    this.#process.on('error', (error) => fail(new Error(`chromium does not start: ${error.message}; ./accord setup, then ./accord test`)));
    this.#process.stderr.on('data', (data) => { errors = (errors + data).slice(-4000); });
    this.#process.on('exit', (code) => fail(new Error(`chromium ended (${code}):\n${errors}`)));
    this.#process.stdio[3].on('error', () => {});
    this.#process.stdio[4].setEncoding('utf8').on('data', (data) => {
      const parts = (buffer + data).split('\0');
      buffer = parts.pop();
      for (const part of parts) this.#take(JSON.parse(part));
    });
  }

  #take(message) {
    if (message.id === undefined) {
      this.#events.push(message);
      this.#listeners = this.#listeners.filter((listener) => !listener(message));
      return;
    }
    const {resolve, reject, method} = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error) reject(new Error(`${method}: ${message.error.message}`));
    else resolve(message.result);
  }

  #ask(method, params = {}, sessionId = undefined) {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${method}: no answer`)), PATIENCE_MS);
      const ended = (then) => (value) => { clearTimeout(timer); then(value); };
      this.#waiting.set(id, {resolve: ended(resolve), reject: ended(reject), method});
      this.#process.stdio[3].write(`${JSON.stringify({id, method, params, sessionId})}\0`);
    });
  }

  // This calls a method of the page.
  call(method, params) { return this.#ask(method, params, this.#session); }

  async open(file) {
    this.#events = [];
    const loaded = new Promise((resolve) => {
      this.#listeners.push((event) => event.method === 'Page.loadEventFired' && (resolve(), true));
    });
    const {errorText} = await this.call('Page.navigate', {url: `file://${file}`});
    if (errorText) throw new Error(`${file}: ${errorText}`);
    await loaded;
  }

  // This gives what the page asked for beside itself, said on its console, or was refused by its own policy.
  complaints() {
    return this.#events.flatMap(({method, params}) => {
      if (method === 'Network.requestWillBeSent' && params.type !== 'Document') return [`asked for ${params.request.url}`];
      if (method === 'Log.entryAdded') return [`${params.entry.level}: ${params.entry.text}`];
      if (method === 'Runtime.consoleAPICalled' || method === 'Runtime.exceptionThrown') return [method];
      if (method === 'Page.javascriptDialogOpening') return ['a script ran'];
      return [];
    });
  }

  // `media` is `screen` or `print`, and `scheme` is `light` or `dark`.
  look({media = 'screen', scheme = 'light'} = {}) {
    return this.call('Emulation.setEmulatedMedia', {media, features: [{name: 'prefers-color-scheme', value: scheme}]});
  }
  size(width, height = 900) {
    return this.call('Emulation.setDeviceMetricsOverride', {width, height, deviceScaleFactor: 1, mobile: false});
  }

  // This gives the value of an expression in the page.
  async value(expression) {
    const {result, exceptionDetails} = await this.call('Runtime.evaluate', {expression, returnByValue: true, awaitPromise: true});
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }
  // This calls a function of the page, with arguments that JSON can carry.
  ask(act, ...args) { return this.value(`(${act})(...${JSON.stringify(args)})`); }

  async press(key, {shift = false} = {}) {
    const known = {Tab: [9], Enter: [13, '\r'], Space: [32, ' ', ' '], ArrowRight: [39]};
    const [windowsVirtualKeyCode, text, name = key] = known[key];
    const event = {key: name, code: key, windowsVirtualKeyCode, modifiers: shift ? 8 : 0};
    await this.call('Input.dispatchKeyEvent', {type: text ? 'keyDown' : 'rawKeyDown', text, ...event});
    await this.call('Input.dispatchKeyEvent', {type: 'keyUp', ...event});
  }

  async pdf() {
    const {data} = await this.call('Page.printToPDF', {preferCSSPageSize: true, printBackground: false});
    return Buffer.from(data, 'base64');
  }
  async picture() {
    const {data} = await this.call('Page.captureScreenshot', {format: 'png', captureBeyondViewport: false});
    return Buffer.from(data, 'base64');
  }

  async stop() {
    // Its children, which write into the profile too, are in its group. A killed process may still be counted there
    // where nobody reaps orphans, so the waiting has an end.
    for (let left = true, until = Date.now() + 5000; left && Date.now() < until; await pause(10)) {
      try { process.kill(-this.#process.pid, 'SIGKILL'); } catch { left = false; }
    }
    rmSync(this.#profile, {recursive: true, force: true, maxRetries: 5});
  }
}
