import { fromHtml } from './hast-to-lab-node';
import type { Element, Root } from 'hast';
import type { Code, Heading, Root as MdRoot, RootContent } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { parse as parseYaml } from 'yaml';
import { type Check, validateCheck } from './check';
import type { LabBlock, LabDocument, LabPiece, LabStep } from './lab-document';

/** A lab as `lab.md` says it: what the page shows, and the checks of each step. */
export interface ParsedLab {
  readonly document: LabDocument;
  readonly checks: readonly (readonly Check[])[];
}

/** A mistake in a lab's text, with its line. */
export class LabError extends Error {
  constructor(id: string, line: number, message: string) {
    super(`${id}/lab.md:${line}: ${message}`);
  }
}

const FRONT_MATTER = ['title', 'chapter', 'minutes', 'terminals', 'release', 'folder'] as const;
const BLOCK_KINDS = ['sh', 'keys', 'output'] as const;

const markdown = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter, ['yaml']);
const toHtml = unified().use(remarkRehype);

interface DraftStep {
  title: string;
  body: LabPiece[];
  hint: LabPiece[];
  checks: Check[];
}

/**
 * Reads a lab's text. `id` is the name of its folder.
 *
 * Errors: LabError with the line, for a missing front matter field, an unknown block, a check that no kind knows.
 */
export function parseLab(id: string, text: string): ParsedLab {
  const root = markdown.parse(text) as MdRoot;
  const front = frontMatter(id, root);
  const intro: LabPiece[] = [];
  const steps: DraftStep[] = [];
  for (const node of root.children) {
    if (node.type === 'yaml') continue;
    if (node.type === 'heading' && node.depth === 2) {
      steps.push({ title: plainText(node), body: [], hint: [], checks: [] });
      continue;
    }
    const step = steps.at(-1);
    addNode(id, node, step?.body ?? intro, step);
  }
  const document: LabDocument = {
    id,
    title: String(front.title),
    chapter: String(front.chapter).padStart(2, '0'),
    minutes: Number(front.minutes),
    terminals: Number(front.terminals),
    release: String(front.release),
    folder: String(front.folder),
    intro,
    steps: steps.map(({ title, body, hint }): LabStep => ({ title, body, hint })),
  };
  return { document, checks: steps.map((step) => step.checks) };
}

function frontMatter(id: string, root: MdRoot): Record<(typeof FRONT_MATTER)[number], unknown> {
  const node = root.children[0];
  if (node?.type !== 'yaml') throw new LabError(id, 1, 'the text must begin with front matter between two lines of ---');
  const values = parseYaml(node.value) as Record<string, unknown>;
  for (const name of FRONT_MATTER) if (values[name] === undefined) throw new LabError(id, 1, `front matter has no ${name}`);
  return values as Record<(typeof FRONT_MATTER)[number], unknown>;
}

function addNode(id: string, node: RootContent, into: LabPiece[], step: DraftStep | undefined): void {
  if (node.type === 'code') {
    addBlock(id, node, into, step);
    return;
  }
  const nodes = proseNodes([node]);
  const last = into.at(-1);
  if (last?.kind === 'prose') into[into.length - 1] = { kind: 'prose', nodes: [...last.nodes, ...nodes] };
  else into.push({ kind: 'prose', nodes });
}

function addBlock(id: string, node: Code, into: LabPiece[], step: DraftStep | undefined): void {
  const line = node.position?.start.line ?? 0;
  const kind = node.lang ?? '';
  if (kind === 'check' || kind === 'hint') {
    if (step === undefined) throw new LabError(id, line, `a ${kind} belongs to a step`);
    if (kind === 'check') step.checks.push(...checksOf(id, node, line));
    else for (const child of (markdown.parse(node.value) as MdRoot).children) addNode(id, child, step.hint, undefined);
    return;
  }
  if (!(BLOCK_KINDS as readonly string[]).includes(kind)) throw new LabError(id, line, `no block ${kind || 'without a name'}; blocks are sh, keys, output, check, hint`);
  const terminal = Number(/terminal=(\d)/.exec(node.meta ?? '')?.[1] ?? 1);
  into.push({ kind: kind as LabBlock['kind'], terminal, text: node.value });
}

function checksOf(id: string, node: Code, line: number): Check[] {
  const value: unknown = parseYaml(node.value);
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.map((each) => {
    try {
      validateCheck(each);
    } catch (error) {
      throw new LabError(id, line, (error as Error).message);
    }
    return each;
  });
}

function proseNodes(children: RootContent[]): ReturnType<typeof fromHtml> {
  const html = toHtml.runSync({ type: 'root', children } as MdRoot) as Root;
  return fromHtml(html.children as Element[]);
}

function plainText(heading: Heading): string {
  return heading.children.map((child) => ('value' in child ? child.value : '')).join('');
}
