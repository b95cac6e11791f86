// A check that cannot fail shows nothing: every breach of a page that is planted here must be told.
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {checks} from './checks.mjs';

// This says which page and which check, and what is replaced by what.
const planted = [
  ['no language', 'board-few', 'audit', ' lang="en"', ''],
  ['a pale caption', 'board-few', 'audit', '--soft: #4a5663', '--soft: #b0b8c0'],
  ['a caption that fades in the dark', 'board-few', 'audit', '--soft: #aab6c2', '--soft: #303840'],
  ['an image without a name', 'board-few', 'audit', /aria-label="Timeline[^"]*"/g, ''],
  ['two places of one name', 'coverage-few', 'audit', 'id="lists-title"', 'id="matrix-title"'],
  ['a page that loads something', 'board-few', 'audit', '</head>', '<link rel="stylesheet" href="other.css"></head>'],
  ['a head of a row that is none', 'board-few', 'structure', /<th scope="row">(.*?)<\/th>/g, '<td>$1</td>'],
  ['another word', 'coverage-few', 'structure', 'States</h2>', 'Colours</h2>'],
  ['a state by its colour alone', 'board-few', 'words', />12 days past</g, '><'],
  ['nothing agreed in a pale square', 'coverage-few', 'words', '#b3121d', '#eef1f4'],
  ['no ring', 'board-few', 'keys', '3px solid var(--focus)', '0'],
  ['a ring of the colour of paper', 'board-few', 'keys', '3px solid var(--focus)', '3px solid var(--paper)'],
  ['another order of stops', 'board-few', 'keys', '<a href="#legend"', '<a tabindex="1" href="#legend"'],
  ['a stop that is not seen', 'coverage-few', 'keys', '.skip:focus { left: 1rem;', '.skip:focus {'],
  ['a table that no key reaches', 'coverage-few', 'structure', / tabindex="0"/g, ''],
  ['a link that skips nothing', 'board-few', 'keys', 'id="prosecutions" tabindex="-1"', ''],
  ['a page as wide as a desk', 'board-few', 'room', '</style>', 'header { width: 60rem; }</style>'],
  ['heads that are cut', 'board-few', 'whole', '</style>', 'th { overflow-wrap: anywhere; } table { width: 20rem; min-width: 0; }</style>'],
  ['rows that are cut', 'coverage-hostile', 'print', 'tr, li, caption { break-inside: avoid; }', ''],
  ['heads on the first sheet alone', 'board-many', 'print', 'thead { display: table-header-group; }', 'thead { display: table-row-group; }'],
  ['sheets without a number', 'referral-few', 'print', 'content: counter(page) " / " counter(pages);', ''],
  ['a part that no link leads to', 'referral-few', 'structure', /<li><a href="#clocks">.*?<\/li>/, ''],
  ['a table wider than the sheet', 'board-few', 'print', '</style>', '@media print { table { min-width: 200rem; } }</style>'],
];

// Plants each breach in its page, and gives the names of those that no check found.
export async function unseen(browser, dir) {
  const passed = [];
  for (const [name, source, check, from, to] of planted) {
    const [page, kind] = source.split('-');
    const before = readFileSync(join(dir, `${source}.html`), 'utf8'), after = before.replace(from, to);
    if (before === after) throw new Error(`${name}: ${from} is not in ${source}`);
    const file = join(dir, 'breach.html');
    writeFileSync(file, after);
    let found = 0;
    await checks[check](browser, {page, kind, file}, (_, faults) => { found += faults.length; });
    if (found === 0) passed.push(name);
  }
  return {passed, count: planted.length};
}
