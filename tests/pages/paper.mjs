// This checks a page on paper: every sheet of a table begins with its head, no row is cut, nothing is wider than
// the sheet.
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

// This is the room on a letter sheet in pixels of CSS: lying on its side less two margins of 12 mm, or upright less two
// of 15 mm. Chromium prints what is wider in smaller letters.
const LYING = Math.floor((11 - 24 / 25.4) * 96);
export const UPRIGHT = Math.floor((8.5 - 30 / 25.4) * 96);

// `rows` has, of each row, words that only it has, one of its beginning and one of its end. `heads` has those of the
// tables. `numbered` means that each sheet says which of how many it is.
export async function findings(browser, {rows, heads, sheet: room = LYING, numbered = false}) {
  await browser.size(room);
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
  const unnumbered = sheets.flatMap((sheet, i) => (sheet.includes(`${i + 1} / ${sheets.length}`) ? [] : [i + 1]));
  if (numbered && unnumbered.length > 0) found.push(`sheets ${unnumbered} of ${sheets.length} do not say so`);
  return {found: found.slice(0, 5), sheets: sheets.length};
}
