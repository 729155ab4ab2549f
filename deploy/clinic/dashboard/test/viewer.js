// A person at the page: a real Chromium tab that remembers every request, fault and policy violation.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { audit } from './accessible.js';
import { TARGET, until } from './harness.js';

export const DESKTOP = { width: 1280, height: 800 };
export const TABLET = { width: 1024, height: 768 };
export const PORTRAIT = { width: 768, height: 1024 };

export class Viewer {
  faults = [];
  requests = [];

  static async open(browser, clinic, { size = DESKTOP, route = '', options = {} } = {}) {
    const viewer = new Viewer();
    viewer.clinic = clinic;
    viewer.context = await browser.newContext({ viewport: size, reducedMotion: 'no-preference', ...options });
    const page = await viewer.context.newPage();
    viewer.page = page;
    page.on('pageerror', (error) => viewer.faults.push(String(error)));
    // A refused request is the server's right; what the page makes of it is what tests look at.
    page.on('console', (line) => line.type() === 'error' && !/^Failed to load resource/.test(line.text()) && viewer.faults.push(line.text()));
    page.on('request', (request) => viewer.requests.push(request.url()));
    await page.addInitScript(() => {
      window.violations = [];
      document.addEventListener('securitypolicyviolation', (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
    });
    await page.goto(`${clinic.origin}/${route}`);
    return viewer;
  }

  async logIn({ user, password }) {
    await this.page.fill('#user', user);
    await this.page.fill('#password', password);
    await this.page.click('form.login button');
  }

  async go(route) {
    await this.page.evaluate((hash) => (location.hash = hash), route);
  }

  text(selector) {
    return this.page.textContent(selector);
  }

  /** Waits until an element's text fits. */
  shows(selector, pattern) {
    return until(`${pattern} in ${selector}`, async () => pattern.test((await this.page.textContent(selector, { timeout: 500 }).catch(() => '')) ?? ''));
  }

  heading(pattern) {
    return this.shows('h1', pattern);
  }

  async picture(name, fullPage = true) {
    await this.page.screenshot({ path: join(TARGET, `${name}.png`), fullPage });
  }

  /** Returns what went wrong that no user would notice: script faults, violations, requests to anywhere else. */
  async wrong() {
    const foreign = this.requests.filter((url) => !url.startsWith(`${this.clinic.origin}/`) && !url.startsWith('blob:'));
    return [...this.faults, ...(await this.page.evaluate(() => window.violations)), ...foreign];
  }

  /** Fails if the page is not one that anybody can use, or did something it must not. */
  async check() {
    assert.deepEqual(await this.page.evaluate(audit), []);
    assert.deepEqual(await this.wrong(), []);
  }

  /** Tells whether the first canvas within an element has ink of a colour. */
  inked(selector, colour) {
    return this.page.$eval(`${selector} canvas`, countInk, colour.match(/[0-9a-f]{2}/g).map((part) => parseInt(part, 16)));
  }

  close() {
    return this.context.close();
  }
}

/** Runs in the page. */
function countInk(canvas, colour) {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (colour.every((value, channel) => Math.abs(data[i + channel] - value) < 8) && data[i + 3] > 200) {
      count++;
    }
  }
  return count > 100;
}
