// This gives what axe-core finds in a page as it looks now: findings(browser) -> strings, none if it finds nothing.
import {readFileSync} from 'node:fs';

const source = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

// These are WCAG 2.1 A and AA, and what axe's authors call good practice.
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];

export async function findings(browser) {
  await browser.value(`${source};0`);
  const {violations, incomplete, passes} = await browser.ask(async (values) => {
    const results = await window.axe.run(document, {
      runOnly: {type: 'tag', values}, resultTypes: ['violations', 'incomplete'], performanceTimer: false,
    });
    const short = (rules) => rules.map(({id, nodes}) => ({
      id, count: nodes.length, at: nodes.slice(0, 2).map(({html, failureSummary}) => `${html.slice(0, 160)} ${failureSummary ?? ''}`),
    }));
    return {violations: short(results.violations), incomplete: short(results.incomplete), passes: results.passes.length};
  }, tags);
  if (passes < 10) return [`axe applied only ${passes} rules`];
  const told = (kind, rules) => rules.map(({id, count, at}) => `${kind} ${id}, ${count} times, for example ${at.join(' | ')}`);
  // What axe cannot decide is for a person to look at, and there must be nothing of that kind either.
  return [...told('violation', violations), ...told('undecided', incomplete)];
}
