import { type Mark, YamlError } from './yaml-error';
import { YamlScanner } from './yaml-scanner';
import type { Token, TokenKind } from './yaml-token';
import { YamlDate, YamlFloat, type YamlKey, type YamlMap, type YamlValue, resolvePlain } from './yaml-value';

const STRING_TAGS = new Set(['!', '!!str', '!<tag:yaml.org,2002:str>']);

/**
 * Reads one YAML 1.1 document as PyYAML's safe loader does.
 *
 * Errors: YamlError in PyYAML's words.
 * Simplified: `!!set`, `!!omap`, `!!binary` and merges of what is no mapping are not known; a tag other than `!!str` leaves the value as it is.
 * @source PyYAML 3.12 lib3/yaml/parser.py, composer.py, constructor.py
 */
export function parseYaml(text: string, fileName: string): YamlValue {
  return new YamlParser(text, fileName).document();
}

class YamlParser {
  private readonly scanner: YamlScanner;
  private readonly anchors = new Map<string, YamlValue>();

  constructor(
    text: string,
    private readonly fileName: string,
  ) {
    this.scanner = new YamlScanner(text, fileName);
  }

  document(): YamlValue {
    this.scanner.next();
    while (this.at('<document end>')) this.scanner.next();
    if (this.at('<stream end>')) return null;
    const first = this.scanner.peek();
    const explicit = this.skipDocumentStart();
    const value = explicit && this.atAny(['<directive>', '<document start>', '<document end>', '<stream end>']) ? null : this.node({ block: true, indentless: false });
    while (this.at('<document end>')) this.scanner.next();
    if (!this.at('<stream end>')) this.rejectSecond(first);
    return value;
  }

  private skipDocumentStart(): boolean {
    let explicit = false;
    while (this.at('<directive>')) {
      explicit = true;
      this.scanner.next();
    }
    if (this.at('<document start>')) {
      this.scanner.next();
      return true;
    }
    if (explicit) this.fail(undefined, undefined, `expected '<document start>', but found '${this.scanner.peek().kind}'`);
    return false;
  }

  private rejectSecond(first: Token): never {
    if (!this.at('<document start>')) this.fail(undefined, undefined, `expected '<document start>', but found '${this.scanner.peek().kind}'`);
    throw new YamlError('yaml.composer.ComposerError', this.fileName, 'expected a single document in the stream', first.start, 'but found another document', this.scanner.peek().start);
  }

  private at(kind: TokenKind): boolean {
    return this.scanner.peek().kind === kind;
  }

  private atAny(kinds: readonly TokenKind[]): boolean {
    return kinds.includes(this.scanner.peek().kind);
  }

  private fail(context: string | undefined, contextMark: Mark | undefined, problem: string, mark = this.scanner.peek().start): never {
    throw new YamlError('yaml.parser.ParserError', this.fileName, context, contextMark, problem, mark);
  }

  private node(options: { readonly block: boolean; readonly indentless: boolean }): YamlValue {
    if (this.at('<alias>')) return this.alias();
    const start = this.scanner.peek().start;
    let anchor: string | undefined;
    let tag: string | undefined;
    while (this.atAny(['<anchor>', '<tag>'])) {
      const token = this.scanner.next();
      if (token.kind === '<anchor>') anchor = token.value;
      else tag = token.value;
    }
    const value = this.content(options, { start, tag, hasProperties: anchor !== undefined || tag !== undefined });
    if (anchor !== undefined) this.anchors.set(anchor, value);
    return value;
  }

  private alias(): YamlValue {
    const token = this.scanner.next();
    if (!this.anchors.has(token.value)) {
      throw new YamlError('yaml.composer.ComposerError', this.fileName, undefined, undefined, `found undefined alias '${token.value}'`, token.start);
    }
    return this.anchors.get(token.value) as YamlValue;
  }

  private content(options: { readonly block: boolean; readonly indentless: boolean }, own: { start: Mark; tag: string | undefined; hasProperties: boolean }): YamlValue {
    if (options.indentless && this.at('-')) return this.indentlessSequence();
    if (this.at('<scalar>')) return this.scalar(own.tag);
    if (this.at('[')) return this.flowSequence();
    if (this.at('{')) return this.flowMapping();
    if (options.block && this.at('<block sequence start>')) return this.blockSequence();
    if (options.block && this.at('<block mapping start>')) return this.blockMapping();
    if (own.hasProperties) return own.tag !== undefined && STRING_TAGS.has(own.tag) ? '' : null;
    return this.fail(`while parsing a ${options.block ? 'block' : 'flow'} node`, own.start, `expected the node content, but found '${this.scanner.peek().kind}'`);
  }

  private scalar(tag: string | undefined): YamlValue {
    const token = this.scanner.next();
    if (tag !== undefined && !STRING_TAGS.has(tag) && !tag.startsWith('!!')) {
      throw new YamlError('yaml.constructor.ConstructorError', this.fileName, undefined, undefined, `could not determine a constructor for the tag '${tag}'`, token.start);
    }
    return token.plain && (tag === undefined || !STRING_TAGS.has(tag)) ? resolvePlain(token.value) : token.value;
  }

  private blockSequence(): YamlValue[] {
    const { start } = this.scanner.next();
    const items: YamlValue[] = [];
    while (this.at('-')) {
      this.scanner.next();
      items.push(this.atAny(['-', '<block end>']) ? null : this.node({ block: true, indentless: false }));
    }
    if (!this.at('<block end>')) this.fail('while parsing a block collection', start, `expected <block end>, but found '${this.scanner.peek().kind}'`);
    this.scanner.next();
    return items;
  }

  private indentlessSequence(): YamlValue[] {
    const items: YamlValue[] = [];
    while (this.at('-')) {
      this.scanner.next();
      items.push(this.atAny(['-', '?', ':', '<block end>']) ? null : this.node({ block: true, indentless: false }));
    }
    return items;
  }

  private blockMapping(): YamlMap {
    const { start } = this.scanner.next();
    const builder = new MapBuilder(this.fileName, start);
    while (this.atAny(['?', ':'])) {
      const keyMark = this.scanner.peek().start;
      let key: YamlValue = null;
      if (this.at('?')) {
        this.scanner.next();
        if (!this.atAny(['?', ':', '<block end>'])) key = this.node({ block: true, indentless: true });
      }
      let value: YamlValue = null;
      if (this.at(':')) {
        this.scanner.next();
        if (!this.atAny(['?', ':', '<block end>'])) value = this.node({ block: true, indentless: true });
      }
      builder.add(key, value, keyMark);
    }
    if (!this.at('<block end>')) this.fail('while parsing a block mapping', start, `expected <block end>, but found '${this.scanner.peek().kind}'`);
    this.scanner.next();
    return builder.finish();
  }

  private flowSequence(): YamlValue[] {
    const { start } = this.scanner.next();
    const items: YamlValue[] = [];
    while (!this.at(']')) {
      if (items.length > 0) {
        if (!this.at(',')) this.fail('while parsing a flow sequence', start, `expected ',' or ']', but got '${this.scanner.peek().kind}'`);
        this.scanner.next();
        if (this.at(']')) break;
      }
      items.push(this.at('?') ? this.flowPair() : this.node({ block: false, indentless: false }));
    }
    this.scanner.next();
    return items;
  }

  private flowPair(): YamlMap {
    const { start } = this.scanner.next();
    const builder = new MapBuilder(this.fileName, start);
    const key = this.atAny([':', ',', ']']) ? null : this.node({ block: false, indentless: false });
    builder.add(key, this.flowValue(']'), start);
    return builder.finish();
  }

  private flowValue(close: ']' | '}'): YamlValue {
    if (!this.at(':')) return null;
    this.scanner.next();
    return this.atAny([',', close]) ? null : this.node({ block: false, indentless: false });
  }

  private flowMapping(): YamlMap {
    const { start } = this.scanner.next();
    const builder = new MapBuilder(this.fileName, start);
    for (let first = true; !this.at('}'); first = false) {
      if (!first) {
        if (!this.at(',')) this.fail('while parsing a flow mapping', start, `expected ',' or '}', but got '${this.scanner.peek().kind}'`);
        this.scanner.next();
        if (this.at('}')) break;
      }
      const keyMark = this.scanner.peek().start;
      if (this.at('?')) {
        this.scanner.next();
        const key = this.atAny([':', ',', '}']) ? null : this.node({ block: false, indentless: false });
        builder.add(key, this.flowValue('}'), keyMark);
      } else builder.add(this.node({ block: false, indentless: false }), null, keyMark);
    }
    this.scanner.next();
    return builder.finish();
  }
}

/** A mapping while it is read. A key that comes twice keeps its first place and its last value; `<<` brings in another mapping's entries. */
class MapBuilder {
  private readonly entries: YamlMap = new Map();
  private readonly merged: YamlMap = new Map();

  constructor(
    private readonly fileName: string,
    private readonly start: Mark,
  ) {}

  add(key: YamlValue, value: YamlValue, mark: Mark): void {
    if (key === '<<') this.merge(value);
    else this.entries.set(this.hashable(key, mark), value);
  }

  finish(): YamlMap {
    if (this.merged.size === 0) return this.entries;
    return new Map([...this.merged, ...this.entries]);
  }

  private merge(value: YamlValue): void {
    for (const each of Array.isArray(value) ? [...value].reverse() : [value]) {
      if (each instanceof Map) for (const [key, own] of each) this.merged.set(key, own);
    }
  }

  private hashable(key: YamlValue, mark: Mark): YamlKey {
    if (key instanceof YamlFloat) return key.value;
    if (key instanceof YamlDate) return key.text;
    if (key === null || typeof key !== 'object') return key;
    throw new YamlError('yaml.constructor.ConstructorError', this.fileName, 'while constructing a mapping', this.start, 'found unhashable key', mark);
  }
}
