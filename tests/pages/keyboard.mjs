// This walks through a page by real presses of keys: findings(browser) -> strings.

// The keyboard is to reach these, in the order of the document.
const stops = () => [...document.querySelectorAll('a[href], summary, [tabindex="0"]')]
  .filter((each) => each.checkVisibility()).length;

// This says where the focus is, and whether somebody who looks sees it.
const here = () => {
  const channels = (color) => color.match(/[\d.]+/g).slice(0, 3).map(Number);
  const luminance = (color) => {
    const [r, g, b] = channels(color).map((v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const at = document.activeElement;
  if (at === document.body || at === null) return {index: -1};
  const style = getComputedStyle(at), box = at.getBoundingClientRect();
  const pair = [luminance(style.outlineColor), luminance(getComputedStyle(document.body).backgroundColor)].sort((a, b) => b - a);
  const all = [...document.querySelectorAll('a[href], summary, [tabindex="0"]')].filter((each) => each.checkVisibility());
  return {
    index: all.indexOf(at),
    what: `${at.tagName.toLowerCase()} "${(at.getAttribute('aria-label') ?? at.textContent).trim().slice(0, 60)}"`,
    id: at.id,
    inSight: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    contrast: (pair[0] + 0.05) / (pair[1] + 0.05),
  };
};

function faultsOf(stop, expected) {
  if (stop.index !== expected) return [`Tab ${expected + 1} leads to ${stop.what ?? 'nothing'}, which is number ${stop.index + 1}`];
  return [
    !stop.inSight && `${stop.what} has the focus out of sight`,
    !stop.ring && `${stop.what} does not show the focus`,
    stop.contrast < 3 && `the focus on ${stop.what} has a contrast of ${stop.contrast.toFixed(1)}:1`,
  ].filter(Boolean);
}

// This goes to every stop forwards by Tab, then out of the page; and to the last few backwards.
export async function walk(browser) {
  const found = [], count = await browser.ask(stops);
  if (count < 2) return [`only ${count} stops`];
  for (let i = 0; i < count && found.length < 5; i++) {
    await browser.press('Tab');
    found.push(...faultsOf(await browser.ask(here), i));
  }
  for (let i = count - 2; i >= Math.max(0, count - 4) && found.length < 5; i--) {
    await browser.press('Tab', {shift: true});
    found.push(...faultsOf(await browser.ask(here), i));
  }
  return found;
}

// The first Tab shows the link that skips; Enter follows it, and Tab goes on behind its target.
export async function skip(browser) {
  await browser.press('Tab');
  const link = await browser.ask(here);
  if (link.index !== 0 || !link.inSight || !link.what.startsWith('a "Skip')) return [`the first stop is ${link.what}`];
  const target = await browser.ask(() => document.activeElement.getAttribute('href').slice(1));
  await browser.press('Enter');
  const there = await browser.ask(here);
  if (there.id !== target) return [`Enter leads to ${there.what ?? 'nothing'} instead of #${target}`];
  await browser.press('Tab');
  const next = await browser.ask(here);
  const behind = await browser.ask((id) => {
    const main = document.getElementById(id);
    const inside = main.contains(document.activeElement);
    return inside || main.querySelector('a[href], summary, [tabindex="0"]') === null;
  }, target);
  return behind ? [] : [`after the skip Tab leads to ${next.what ?? 'nothing'}`];
}

// Enter opens what can be opened, Space closes it.
export async function disclosures(browser) {
  const open = () => document.activeElement.parentElement.open;
  await browser.ask(() => document.querySelector('summary').focus());
  const states = [await browser.ask(open)];
  await browser.press('Enter');
  states.push(await browser.ask(open));
  await browser.press('Space');
  states.push(await browser.ask(open));
  return String(states) === 'false,true,false' ? [] : [`Enter and Space lead to ${states}`];
}

// What is wider than the window is scrolled by arrows.
export async function arrows(browser) {
  await browser.size(320);
  const wide = await browser.ask(() => {
    const frame = [...document.querySelectorAll('.frame')].find((each) => each.scrollWidth > each.clientWidth);
    frame?.focus();
    return frame !== undefined;
  });
  if (!wide) return ['nothing is wider than a narrow window'];
  // A key that comes before the window was drawn in its new size scrolls nothing, so it is pressed again, as a
  // person would.
  let moved = 0;
  for (let presses = 0; presses < 5 && moved === 0; presses++) {
    await browser.press('ArrowRight');
    moved = await browser.ask(async () => {
      for (let i = 0; i < 100 && document.activeElement.scrollLeft === 0; i++) await new Promise(requestAnimationFrame);
      return document.activeElement.scrollLeft;
    });
  }
  return moved > 0 ? [] : ['an arrow does not scroll a table that is too wide'];
}
