// This is the page as it is told to assistive technology: roles, names and states, indented as they lie in each other.

// These are names of roles that changed from one Chromium to the next, or differ by letters only.
const alike = {RootWebArea: 'document', DisclosureTriangle: 'summary', DisclosureTriangleGrouped: 'summary', image: 'img', graphic: 'img', StaticText: 'text'};
// They are only there for layout, or repeat the name above them.
const passed = new Set(['generic', 'none', 'presentation', 'InlineTextBox', 'LineBreak', 'ListMarker', 'LayoutTableSection', 'rowgroup']);

const property = (node, name) => node.properties?.find((each) => each.name === name)?.value.value;

function line(node) {
  const role = alike[node.role.value] ?? node.role.value.toLowerCase();
  const notes = [
    role === 'heading' && `level ${property(node, 'level')}`,
    role !== 'document' && property(node, 'focusable') && 'focusable',
    property(node, 'expanded') === false && 'collapsed',
  ];
  const name = (node.name?.value ?? '').replace(/\s+/g, ' ').trim();
  return [role, name && JSON.stringify(name), ...notes].filter(Boolean).join(' ');
}

export async function outline(browser) {
  const {nodes} = await browser.call('Accessibility.getFullAXTree');
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const lines = [];
  const walk = (node, depth, named) => {
    const name = (node.name?.value ?? '').trim();
    const text = node.role?.value === 'StaticText';
    // Text that is the name of what it stands in is not said twice.
    const silent = node.ignored || passed.has(node.role.value) || (text && (name === '' || named.includes(name)));
    if (!silent) lines.push('  '.repeat(depth) + line(node));
    if (text) return;
    for (const id of node.childIds ?? []) {
      if (byId.has(id)) walk(byId.get(id), silent ? depth : depth + 1, silent ? named : name);
    }
  };
  walk(nodes[0], 0, '');
  return `${lines.join('\n')}\n`;
}
