import type { ElementContent, RootContent } from 'hast';
import type { LabElement, LabNode } from './lab-document';

const TAGS: ReadonlySet<string> = new Set([
  'p', 'em', 'strong', 'code', 'a', 'ul', 'ol', 'li', 'br', 'blockquote', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'h3', 'del', 'hr',
]);

/** HTML of a lab's prose as plain data: elements that a page may show, links to https and to the lab's own files, nothing else. */
export function fromHtml(nodes: readonly (RootContent | ElementContent)[]): LabNode[] {
  const out: LabNode[] = [];
  for (const node of nodes) {
    if (node.type === 'text') {
      if (node.value !== '\n') out.push(node.value);
      continue;
    }
    if (node.type !== 'element') continue;
    const children = fromHtml(node.children);
    if (!TAGS.has(node.tagName)) {
      out.push(...children);
      continue;
    }
    const href = node.tagName === 'a' ? String(node.properties.href ?? '') : '';
    out.push({ tag: node.tagName as LabElement['tag'], ...(/^(https:|file:)/.test(href) ? { href } : {}), children });
  }
  return out;
}
