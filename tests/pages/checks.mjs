// These checks say what must hold of a page. A check gets a browser, the page (`board`), what is in it (`few`) and its
// file, and tells of each thing that must hold what breaks it: told('board, few: by Tab', []) if nothing does.
import {readFileSync, writeFileSync} from 'node:fs';
import * as axe from './axe.mjs';
import * as keyboard from './keyboard.mjs';
import {outline} from './outline.mjs';
import * as paper from './paper.mjs';

export const looks = [{scheme: 'light'}, {scheme: 'dark'}, {media: 'print'}];
// What is scrolled out of sight has no ground that axe could see.
const WIDE = 3000;

export async function fresh(browser, file, look = {}) {
  await browser.size(1280);
  await browser.look(look);
  await browser.open(file);
}

async function audit(browser, {page, kind, file}, told) {
  await fresh(browser, file);
  await browser.size(WIDE);
  told(`${page}, ${kind}: loads and runs nothing`, browser.complaints());
  for (const look of looks) {
    await browser.look(look);
    told(`${page}, ${kind}: axe, ${look.media ?? look.scheme}`, await axe.findings(browser));
  }
}

// A page says which language it is of, so that it is read aloud as that.
export async function language(browser, {page, kind, file}, told, expected) {
  await fresh(browser, file);
  const said = await browser.ask(() => document.documentElement.lang);
  told(`${page}, ${kind}: says its language`, said === expected ? [] : [`${said} instead of ${expected}`]);
}

// These are pages of one form each, whose outline a person has reviewed. The documents share a form, of which each uses
// other parts.
const reviewed = ['board', 'coverage'];
// These must stand on paper: the heads of the tables whose rows are marked, and how a document lies.
const onPaper = {
  board: {heads: ['Accused', 'Information', 'Timeline']},
  coverage: {heads: ['Society', 'Police service', 'Shared territory']},
  strategy: {heads: ['Initiative', 'Ministry', 'Source']},
  envelope: {heads: ['Recipient', 'Amount', 'Source']},
  dashboard: {heads: ['To do', 'Due', 'State']},
  agreements: {heads: ['Agency', 'May exchange', 'Protocol']},
  orders: {heads: ['Court file', 'Court', 'Last day']},
  catchments: {heads: ['Place', 'Partner', 'Telephone']},
  claims: {heads: ['Benefit']},
};
const documentOnPaper = {heads: ['Reminder', 'Set by'], sheet: paper.UPRIGHT, numbered: true};

// This gives the names of all that have a role, in the order of the page.
const named = (now, role) => now.split('\n').map((line) => line.trim()).filter((line) => line.startsWith(`${role} "`))
  .map((line) => JSON.parse(line.match(/"(?:[^"\\]|\\.)*"/)[0]));

// This checks the few rows that a person can review. The others have the same parts, counted.
async function structure(browser, {page, kind, file}, told) {
  await fresh(browser, file);
  const now = await outline(browser);
  if (!reviewed.includes(page)) {
    const [skip, ...links] = named(now, 'link'), regions = named(now, 'region');
    told(`${page}, ${kind}: each link leads to a part of its name`, skip?.startsWith('Skip') && links.length > 0
      && String(links) === String(regions) ? [] : [`links ${links} and parts ${regions}`]);
  } else if (kind === 'few') {
    const golden = new URL(`${page}.outline`, import.meta.url);
    if (process.env.ACCORD_UPDATE_GOLDEN === '1') writeFileSync(golden, now);
    const before = readFileSync(golden, 'utf8').split('\n');
    const at = now.split('\n').findIndex((line, i) => line !== before[i]);
    told(`${page}: its outline`, at < 0 && before.length === now.split('\n').length ? []
      : [`line ${at + 1}: ${before[at]} became ${now.split('\n')[at]}; ACCORD_UPDATE_GOLDEN=1 rewrites it`]);
  }
  const number = (role) => now.split('\n').filter((line) => line.trim().startsWith(`${role} `)).length;
  const rows = await browser.ask(() => document.querySelectorAll('tbody tr').length);
  told(`${page}, ${kind}: every row has its own head`, number('rowheader') === rows ? [] : [`${number('rowheader')} heads of ${rows} rows`]);
  if (kind === 'many') told(`${page}: 300 rows`, rows >= 300 ? [] : [`${rows} rows`]);
}

// States have words wherever they have a colour, and the same ones.
async function words(browser, {page, kind, file}, told) {
  await fresh(browser, file);
  const states = await browser.ask(() => [...document.querySelectorAll('.state, .cell')].map((each) => ({
    state: each.className.replace(/\b(state|cell)\b/g, '').trim(), text: each.textContent.trim(), ground: getComputedStyle(each).backgroundColor,
  })));
  told(`${page}, ${kind}: states in words`, states.filter(({text}) => !/[A-Za-z]{2}/.test(text)).map(({state}) => `${state} has no words`));
  if (page !== 'coverage') return;
  const red = (color) => { const [r, g, b] = color.match(/\d+/g).map(Number); return r > 150 && g < 60 && b < 60; };
  told(`coverage, ${kind}: nothing agreed is red and says so`, states.filter(({state}) => state === 'none')
    .filter(({ground, text}) => !red(ground) || !text.includes('Nothing agreed')).map(({ground, text}) => `${text} on ${ground}`));
}

async function keys(browser, {page, kind, file}, told) {
  for (const scheme of kind === 'many' ? ['light'] : ['light', 'dark']) {
    await fresh(browser, file, {scheme});
    told(`${page}, ${kind}: by Tab, ${scheme}`, await keyboard.walk(browser));
  }
  await fresh(browser, file);
  told(`${page}, ${kind}: the link that skips`, await keyboard.skip(browser));
  if (kind === 'none') return;
  await fresh(browser, file);
  told(`${page}, ${kind}: arrows`, await keyboard.arrows(browser));
  if (page !== 'board') return;
  await fresh(browser, file);
  told(`${page}, ${kind}: what opens`, await keyboard.disclosures(browser));
}

// This tries a narrow window, letters twice as large, and letters spread apart (WCAG 2.1, 1.4.4, 1.4.10, 1.4.12).
async function room(browser, {page, kind, file}, told) {
  const over = () => document.documentElement.scrollWidth - innerWidth;
  const ways = {
    'a window of 320': () => browser.size(320, 256),
    'letters twice as large': () => browser.ask(() => { document.documentElement.style.fontSize = '200%'; }),
    'letters spread apart': () => browser.ask(() => {
      for (const each of document.querySelectorAll('*')) each.style.cssText += ';letter-spacing:.12em;word-spacing:.16em;line-height:1.5';
    }),
  };
  for (const [way, change] of Object.entries(ways)) {
    await fresh(browser, file);
    await change();
    const more = await browser.ask(over);
    told(`${page}, ${kind}: room in ${way}`, more > 0 ? [`the page is ${more} wider than the window`] : []);
  }
}

// People read the tables of these pages on a screen. What is hostile has words that no window holds.
const read = ['board', 'coverage', 'strategy', 'claims', 'orders', 'dashboard'];

// On a small desk no word of a table is cut into letters, other than within a command.
async function whole(browser, {page, kind, file}, told) {
  if (!read.includes(page) || kind === 'hostile') return;
  await fresh(browser, file);
  await browser.size(1100);
  const cut = await browser.ask(() => {
    const found = [], range = document.createRange();
    for (const cell of document.querySelectorAll('th, td')) {
      const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        if (text.parentElement.closest('code, .unseen, svg')) continue;
        for (const word of text.data.matchAll(/\p{L}{2,}/gu)) {
          range.setStart(text, word.index);
          range.setEnd(text, word.index + word[0].length);
          if (range.getClientRects().length > 1) found.push(word[0]);
        }
      }
    }
    return [...new Set(found)].slice(0, 5);
  });
  told(`${page}, ${kind}: whole words in a window of 1100`, cut.map((word) => `${word} is cut`));
}

async function print(browser, {page, kind, file}, told) {
  await fresh(browser, file, {media: 'print'});
  // These are the first and the last words of a row that are its own: `T117`, `end117`.
  const rows = await browser.ask(() => [...document.querySelectorAll('.frame:not(.matrix .frame) tbody tr')]
    .map((row) => [...row.cells].map((cell) => cell.textContent).join(' ').match(/\b(?:(?:A|T|end)\d{3}|26-\d{4})\b/g)?.filter((word, i, all) => all.indexOf(word) === i) ?? []));
  const marked = rows.filter((words) => words.length >= 2);
  const {found, sheets} = await paper.findings(browser, {rows: marked, ...(onPaper[page] ?? documentOnPaper)});
  if (kind === 'many' && (marked.length < 300 || sheets < 3)) found.push(`${marked.length} marked rows on ${sheets} sheets`);
  told(`${page}, ${kind}: on paper`, found);
}

export const checks = {audit, structure, words, keys, room, whole, print};
