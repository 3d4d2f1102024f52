/** A Go template that cannot be read or run; the message is Go's after `Template parsing error: `. */
export class TemplateError extends Error {}

type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly pipeline: string }
  | { readonly kind: 'if' | 'with'; readonly pipeline: string; readonly body: readonly Node[]; readonly otherwise: readonly Node[] }
  | { readonly kind: 'range'; readonly pipeline: string; readonly key: string; readonly value: string; readonly body: readonly Node[]; readonly otherwise: readonly Node[] };

type Scope = ReadonlyMap<string, unknown>;

/**
 * Go's text/template as far as `--format` is used: fields, `range`, `if`, `with`, variables, pipelines and the client's functions.
 *
 * Simplified: no `define`, `template`, `block`, comparison of mixed types or methods.
 * @source docker-ce 18.03.0 components/cli/templates/templates.go
 */
export class GoTemplate {
  private readonly nodes: readonly Node[];

  constructor(source: string) {
    const tokens = tokenize(source.replace(/\\t/g, '\t').replace(/\\n/g, '\n'));
    this.nodes = parseBlock(tokens, { at: 0 }, []).nodes;
  }

  render(data: unknown): string {
    return renderNodes(this.nodes, data, new Map([['$', data]]));
  }
}

interface Token {
  readonly action: boolean;
  readonly text: string;
}

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let rest = source;
  let trimNext = false;
  for (;;) {
    const open = rest.indexOf('{{');
    let text = open < 0 ? rest : rest.slice(0, open);
    if (trimNext) text = text.trimStart();
    if (open < 0) {
      tokens.push({ action: false, text });
      return tokens;
    }
    const close = rest.indexOf('}}', open);
    if (close < 0) throw new TemplateError('template: :1: unclosed action');
    let action = rest.slice(open + 2, close);
    if (/^-\s/.test(action)) {
      text = text.trimEnd();
      action = action.slice(1);
    }
    trimNext = /\s-$/.test(action);
    if (trimNext) action = action.slice(0, -1);
    tokens.push({ action: false, text }, { action: true, text: action.trim() });
    rest = rest.slice(close + 2);
  }
}

function parseBlock(tokens: readonly Token[], position: { at: number }, ends: readonly string[]): { nodes: Node[]; end: string } {
  const nodes: Node[] = [];
  while (position.at < tokens.length) {
    const token = tokens[position.at++] as Token;
    if (!token.action) {
      if (token.text !== '') nodes.push({ kind: 'text', text: token.text });
      continue;
    }
    const word = token.text.split(/\s/, 1)[0] as string;
    if (ends.includes(word)) return { nodes, end: word };
    if (word === 'if' || word === 'with' || word === 'range') nodes.push(parseControl(word, token.text.slice(word.length).trim(), tokens, position));
    else if (word === 'end' || word === 'else') throw new TemplateError(`template: :1: unexpected {{${word}}}`);
    else if (!token.text.startsWith('/*')) nodes.push({ kind: 'value', pipeline: token.text });
  }
  if (ends.length > 0) throw new TemplateError('template: :1: unexpected EOF');
  return { nodes, end: '' };
}

function parseControl(kind: 'if' | 'with' | 'range', head: string, tokens: readonly Token[], position: { at: number }): Node {
  const first = parseBlock(tokens, position, ['else', 'end']);
  const otherwise = first.end === 'else' ? parseBlock(tokens, position, ['end']).nodes : [];
  if (kind !== 'range') return { kind, pipeline: head, body: first.nodes, otherwise };
  const variables = /^(?:(\$\w+)\s*,\s*)?(\$\w+)\s*:=\s*(.*)$/.exec(head);
  return { kind, pipeline: variables?.[3] ?? head, key: variables?.[1] ?? '', value: variables?.[2] ?? '', body: first.nodes, otherwise };
}

function renderNodes(nodes: readonly Node[], dot: unknown, scope: Scope): string {
  let variables = scope;
  let out = '';
  for (const node of nodes) {
    if (node.kind === 'text') out += node.text;
    else if (node.kind === 'value') {
      const assigned = /^(\$\w+)\s*:?=\s*(.*)$/.exec(node.pipeline);
      if (assigned === null) out += show(evaluate(node.pipeline, dot, variables));
      else variables = new Map([...variables, [assigned[1] as string, evaluate(assigned[2] as string, dot, variables)]]);
    } else if (node.kind === 'range') out += renderRange(node, dot, variables);
    else {
      const value = evaluate(node.pipeline, dot, variables);
      out += renderNodes(isTrue(value) ? node.body : node.otherwise, node.kind === 'with' && isTrue(value) ? value : dot, variables);
    }
  }
  return out;
}

function renderRange(node: Extract<Node, { kind: 'range' }>, dot: unknown, scope: Scope): string {
  const entries = entriesOf(evaluate(node.pipeline, dot, scope));
  if (entries.length === 0) return renderNodes(node.otherwise, dot, scope);
  return entries
    .map(([key, value]) => {
      const own = new Map(scope);
      if (node.key !== '') own.set(node.key, key);
      if (node.value !== '') own.set(node.value, value);
      return renderNodes(node.body, value, own);
    })
    .join('');
}

/** Go visits a map's keys sorted. */
function entriesOf(value: unknown): (readonly [unknown, unknown])[] {
  if (Array.isArray(value)) return value.map((each, index) => [index, each] as const);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}

function evaluate(pipeline: string, dot: unknown, scope: Scope): unknown {
  let piped: { readonly value: unknown } | undefined;
  for (const command of splitTop(pipeline, '|')) {
    const words = splitTop(command, ' ').filter((word) => word !== '');
    piped = { value: runCommand(words, piped, dot, scope) };
  }
  return piped?.value;
}

function runCommand(words: readonly string[], piped: { readonly value: unknown } | undefined, dot: unknown, scope: Scope): unknown {
  const [first = '', ...rest] = words;
  const name = FUNCTIONS.get(first);
  if (name !== undefined) {
    const values = rest.map((word) => operand(word, dot, scope));
    return name(...values, ...(piped === undefined ? [] : [piped.value]));
  }
  if (/^[a-zA-Z]\w*$/.test(first) && !['true', 'false', 'nil'].includes(first)) throw new TemplateError(`template: :1: function "${first}" not defined`);
  return operand(first, dot, scope);
}

function operand(word: string, dot: unknown, scope: Scope): unknown {
  if (word.startsWith('(')) {
    const close = word.lastIndexOf(')');
    return fields(evaluate(word.slice(1, close), dot, scope), word.slice(close + 1));
  }
  if (/^"/.test(word)) return unquote(word);
  if (/^`/.test(word)) return word.slice(1, -1);
  if (/^-?\d+$/.test(word)) return Number(word);
  if (word === 'true' || word === 'false') return word === 'true';
  if (word === 'nil') return null;
  const variable = /^(\$\w*)(.*)$/.exec(word);
  if (variable !== null) {
    if (!scope.has(variable[1] as string)) throw new TemplateError(`template: :1: undefined variable "${variable[1] as string}"`);
    return fields(scope.get(variable[1] as string), variable[2] as string);
  }
  if (word === '.') return dot;
  if (word.startsWith('.')) return fields(dot, word);
  throw new TemplateError(`template: :1: unexpected "${word}" in operand`);
}

function fields(value: unknown, path: string): unknown {
  let at = value;
  for (const name of path.split('.').filter((part) => part !== '')) {
    if (at === null || at === undefined || typeof at !== 'object') throw new TemplateError(`template: :1:2: executing "" at <${path}>: can't evaluate field ${name} in type interface {}`);
    const record = at as Record<string, unknown>;
    if (!(name in record) && !Array.isArray(at)) {
      if (Object.keys(record).some((key) => /^[A-Z]/.test(key)) || Object.keys(record).length === 0) throw new MissingField(path, name);
      at = undefined;
    } else at = record[name];
  }
  return at;
}

/** A field that the data does not have. */
export class MissingField extends TemplateError {
  constructor(path: string, field: string) {
    super(`template: :1:2: executing "" at <${path}>: map has no entry for key "${field}"`);
  }
}

function unquote(word: string): string {
  try {
    return String(JSON.parse(word));
  } catch {
    return word.slice(1, -1);
  }
}

function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (value !== null && typeof value === 'object') return Object.keys(value).length > 0;
  return Boolean(value);
}

function show(value: unknown): string {
  if (value === null || value === undefined) return '<no value>';
  if (Array.isArray(value)) return `[${value.map(show).join(' ')}]`;
  if (typeof value === 'object') return `map[${entriesOf(value).map(([key, each]) => `${String(key)}:${show(each)}`).join(' ')}]`;
  return String(value);
}

const FUNCTIONS = new Map<string, (...values: unknown[]) => unknown>([
  ['json', (value) => JSON.stringify(value ?? null)],
  ['join', (list, separator) => (list as unknown[]).join(String(separator))],
  ['split', (text, separator) => String(text).split(String(separator))],
  ['lower', (text) => String(text).toLowerCase()],
  ['upper', (text) => String(text).toUpperCase()],
  ['title', (text) => String(text).replace(/\b\w/g, (letter) => letter.toUpperCase())],
  ['len', (value) => (typeof value === 'string' || Array.isArray(value) ? value.length : Object.keys((value ?? {}) as object).length)],
  ['index', (value, ...keys) => keys.reduce((at: unknown, key) => (at as Record<string, unknown> | null)?.[key as string] ?? '', value)],
  ['println', (...values) => `${values.map(show).join(' ')}\n`],
  ['print', (...values) => values.map(show).join('')],
  ['printf', (format, ...values) => values.reduce((text: string, value) => text.replace(/%[-\d.]*[a-z]/, show(value)), String(format))],
  ['truncate', (text, length) => String(text).slice(0, Number(length))],
  ['eq', (a, ...others) => others.some((each) => each === a)],
  ['ne', (a, b) => a !== b],
  ['gt', (a, b) => Number(a) > Number(b)],
  ['lt', (a, b) => Number(a) < Number(b)],
  ['ge', (a, b) => Number(a) >= Number(b)],
  ['le', (a, b) => Number(a) <= Number(b)],
  ['and', (...values) => values.find((value) => !isTrue(value)) ?? values.at(-1)],
  ['or', (...values) => values.find((value) => isTrue(value)) ?? values.at(-1)],
  ['not', (value) => !isTrue(value)],
]);

/** Splits at a separator outside quotes and parentheses. */
function splitTop(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let part = '';
  for (const letter of text) {
    if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === '"' || letter === '`') quote = letter;
    else if (letter === '(') depth += 1;
    else if (letter === ')') depth -= 1;
    if (letter === separator && quote === '' && depth === 0) {
      parts.push(part);
      part = '';
    } else part += letter;
  }
  return [...parts, part];
}
