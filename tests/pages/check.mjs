// node check.mjs PAGES_DIR checks the pages that pages_test wrote, in Chromium. It exits with 1 if one breaks what
// docs/accessibility.md says of them, or if a check would not see it. ACCORD_UPDATE_GOLDEN=1 rewrites the outlines;
// ACCORD_PICTURES=DIR keeps what was seen.
import {writeFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {unseen} from './breaches.mjs';
import {Browser} from './browser.mjs';
import {checks, fresh, language, looks} from './checks.mjs';

const dir = resolve(process.argv[2]);
const kinds = ['none', 'few', 'many', 'hostile'];
const counts = {passed: 0, failed: 0};

function told(what, found) {
  counts[found.length === 0 ? 'passed' : 'failed']++;
  if (found.length > 0) console.log(`FAILED  ${what}\n        ${found.join('\n        ')}`);
}

async function pictures(browser, {page, kind, file}) {
  for (const look of looks) {
    await fresh(browser, file, look);
    writeFileSync(join(process.env.ACCORD_PICTURES, `${page}-${kind}-${look.media ?? look.scheme}.png`), await browser.picture());
  }
}

async function withBrowser(act) {
  const browser = await Browser.start();
  try {
    await act(browser);
  } finally {
    await browser.stop();
  }
}

// The same page in French has the same parts, so that a part of the checks is enough.
async function inFrench(browser, page) {
  const of = (kind) => ({page, kind, file: join(dir, `${page}-${kind}.html`)});
  await language(browser, of('few'), told, 'en');
  await language(browser, of('few-fr'), told, 'fr');
  await checks.audit(browser, of('few-fr'), told);
  // French words are longer.
  await checks.whole(browser, of('few-fr'), told);
}

const all = (page) => withBrowser(async (browser) => {
  await inFrench(browser, page);
  for (const [name, check] of Object.entries({...checks, ...(process.env.ACCORD_PICTURES ? {pictures} : {})})) {
    const begin = Date.now();
    for (const kind of kinds) await check(browser, {page, kind, file: join(dir, `${page}-${kind}.html`)}, told);
    console.log(`${page}, ${name}: ${((Date.now() - begin) / 1000).toFixed(1)} s`);
  }
});

// Documents of another record have the same form as a referral's, so that a few rows of each are enough.
const brief = (page) => withBrowser(async (browser) => {
  await inFrench(browser, page);
  for (const check of Object.values(checks)) await check(browser, {page, kind: 'few', file: join(dir, `${page}-few.html`)}, told);
});

const documents = async () => {
  await all('referral');
  for (const page of ['protocol', 'clock', 'certificate']) await brief(page);
};

const selfCheck = () => withBrowser(async (browser) => {
  const {passed, count} = await unseen(browser, dir);
  console.log(`${count - passed.length} of ${count} planted breaches are told`);
  told('planted breaches', passed);
});

// Two cores are busy, because the board and the documents take about as long as the rest. Breaches must not
// become golden.
const updates = process.env.ACCORD_UPDATE_GOLDEN === '1';
const few = ['envelope', 'dashboard', 'agreements', 'continuity', 'training', 'orders', 'catchments', 'claims'];
const ofStrategy = async () => {
  await all('strategy');
  for (const page of few) await brief(page);
};
await Promise.all([all('board').then(documents), all('coverage').then(ofStrategy).then(updates ? () => {} : selfCheck)]);
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed === 0 && counts.passed > 0 ? 0 : 1);
