// A page on paper: every sheet of a table begins with its head, no row is cut, nothing is wider than the sheet.
import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

function sheetsOf(pdf) {
  const dir = mkdtempSync(join(tmpdir(), 'accord-paper.'));
  try {
    const file = join(dir, 'page.pdf');
    writeFileSync(file, pdf);
    const text = execFileSync('pdftotext', ['-raw', file, '-'], {encoding: 'utf8', maxBuffer: 64 << 20});
    return text.split('\f').slice(0, -1);
  } finally {
    rmSync(dir, {recursive: true});
  }
}

// A letter sheet lying on its side, less two margins of 12 mm, in pixels of CSS. Chromium prints what is wider in smaller letters.
const SHEET = Math.floor((11 - 24 / 25.4) * 96);

// `rows`: of each row, words that only it has, one of its begin and one of its end. `heads`: of the tables.
export async function findings(browser, {rows, heads}) {
  await browser.size(SHEET);
  const over = await browser.ask(() => document.documentElement.scrollWidth - innerWidth);
  const found = over > 0 ? [`something is ${over} wider than the sheet`] : [];
  const sheets = sheetsOf(await browser.pdf());
  const sheetOf = (word) => sheets.flatMap((sheet, i) => (sheet.includes(word) ? [i] : []));
  for (const words of rows) {
    const places = words.map(sheetOf);
    if (places.some((place) => place.length !== 1) || new Set(places.flat()).size !== 1) {
      found.push(`${words.join(' ... ')} is on sheets ${JSON.stringify(places)} of ${sheets.length}`);
    }
  }
  for (const sheet of new Set(rows.flatMap(([word]) => sheetOf(word)))) {
    const missing = heads.filter((head) => !sheets[sheet].includes(head));
    if (missing.length > 0) found.push(`sheet ${sheet + 1} lacks the heads ${missing}`);
  }
  return {found: found.slice(0, 5), sheets: sheets.length};
}
