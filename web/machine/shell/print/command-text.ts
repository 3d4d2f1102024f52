import type { AndOr, CommandNode, CompoundList, Pipeline, Redirection, Statement, Word } from 'unbash';
import type { SourceText } from '../parse/command-reader';

type Node = CommandNode | Pipeline | AndOr;

/** Prints commands as bash does: `type f`, `declare -f`, `jobs`, `$BASH_COMMAND`. */
export class CommandPrinter {
  private indent = 0;
  /** Inside a function each statement has its own line. */
  private inFunction = false;
  /** Here-documents are printed after the line that mentions them. */
  private pendingBodies = '';

  constructor(private readonly source: SourceText) {}

  /** `f () ` with its body. */
  function(name: string, body: CommandNode | CompoundList): string {
    const outer = this.inFunction;
    this.inFunction = true;
    const text = `${name} () \n${this.margin()}${this.functionBody(body)}`;
    this.inFunction = outer;
    return text;
  }

  node(node: Node): string {
    switch (node.type) {
      case 'AndOr':
        return node.commands.map((each, i) => (i === 0 ? '' : ` ${node.operators[i - 1]} `) + this.node(each)).join('');
      case 'Pipeline': {
        const prefix = node.prefixes.map((each) => (each.type === 'Time' ? (each.posix === undefined ? 'time ' : 'time -p ') : '! ')).join('');
        return prefix + node.commands.map((each, i) => (i === 0 ? '' : node.operators[i - 1] === '|&' ? ' 2>&1 | ' : ' | ') + this.node(each)).join('');
      }
      case 'Redirected':
        return this.node(node.command) + node.redirects.map((each) => ` ${this.redirection(each)}`).join('');
      case 'Command':
        return [...node.prefix, ...(node.name === undefined ? [] : [node.name]), ...node.suffix]
          .map((each) => ('text' in each ? each.text : this.redirection(each)))
          .join(' ');
      case 'Function':
        return this.function(node.name.text, node.body);
      case 'Coproc':
        return `coproc ${node.name === undefined ? '' : `${node.name.text} `}${this.body(node.body)}`;
      default:
        return this.compound(node);
    }
  }

  private compound(node: Exclude<CommandNode, { type: 'Command' | 'Redirected' | 'Function' | 'Coproc' }>): string {
    switch (node.type) {
      case 'BraceGroup':
        return this.inFunction ? `{ ${this.block(node.body, false)}\n${this.margin()}}` : `{ ${this.statements(node.body, true)} }`;
      case 'Subshell':
        return `( ${this.statements(node.body, false)} )`;
      case 'If': {
        let text = `if ${this.statements(node.clause, false)}; then${this.block(node.then)}\n`;
        for (const elif of node.elif) text += `${this.margin()}elif ${this.statements(elif.clause, false)}; then${this.block(elif.then)}\n`;
        if (node.else !== undefined) text += `${this.margin()}else${this.block(node.else)}\n`;
        return `${text}${this.margin()}fi`;
      }
      case 'While':
        return `${node.kind} ${this.statements(node.clause, false)}; do${this.block(node.body)}\n${this.margin()}done`;
      case 'For':
      case 'Select': {
        const words = node.wordlist === undefined ? ['"$@"'] : node.wordlist.map((word) => word.text);
        return `${node.type === 'For' ? 'for' : 'select'} ${node.name.text} in ${words.join(' ')};\n${this.margin()}do${this.block(node.body)}\n${this.margin()}done`;
      }
      case 'ArithmeticFor': {
        const part = (each: { pos: number; end: number } | undefined): string => (each === undefined ? '1' : this.slice(each));
        const head = [node.initialize, node.test, node.update].map(part).join('; ');
        return `for ((${head}))\n${this.margin()}do${this.block(node.body)}\n${this.margin()}done`;
      }
      case 'Case':
        return this.case(node);
      case 'TestCommand':
        return this.slice(node).replace(/\s+/g, ' ');
      case 'ArithmeticCommand':
        return `((${node.body}))`;
    }
  }

  private case(node: Extract<CommandNode, { type: 'Case' }>): string {
    this.indent += 1;
    const items = node.items.map((item) => {
      const pattern = item.pattern.map((word: Word) => word.text).join(' | ');
      return `\n${this.margin()}${pattern})${item.body.commands.length === 0 ? '' : this.block(item.body, false)}\n${this.margin()}${item.terminator ?? ';;'}`;
    });
    this.indent -= 1;
    return `case ${node.word.text} in ${items.join('')}\n${this.margin()}esac`;
  }

  private functionBody(body: CommandNode | CompoundList): string {
    if (body.type === 'CompoundList') return `{ ${this.block(body, false)}\n}`;
    if (body.type === 'BraceGroup') return `{ ${this.block(body.body, false)}\n${this.margin()}}`;
    if (body.type === 'Redirected' && body.command.type === 'BraceGroup') {
      return `${this.functionBody(body.command)}${body.redirects.map((each) => ` ${this.redirection(each)}`).join('')}`;
    }
    this.indent += 1;
    const text = `{ \n${this.margin()}${this.node(body)}\n`;
    this.indent -= 1;
    return `${text}${this.margin()}}`;
  }

  private body(body: CommandNode | CompoundList): string {
    return body.type === 'CompoundList' ? this.statements(body, false) : this.node(body);
  }

  private margin(): string {
    return '    '.repeat(this.indent);
  }

  /** Statements below what they belong to, indented. */
  private block(list: CompoundList, lastSemicolon = true): string {
    this.indent += 1;
    const text = `\n${this.margin()}${this.statements(list, lastSemicolon)}`;
    this.indent -= 1;
    return text;
  }

  /** Statements one after the other. */
  private statements(list: CompoundList, lastSemicolon: boolean): string {
    let text = '';
    list.commands.forEach((statement: Statement, i) => {
      const last = i === list.commands.length - 1;
      text += this.node(statement.command);
      const bodies = this.pendingBodies;
      this.pendingBodies = '';
      if (bodies !== '') text += `\n${bodies}${last ? '' : this.margin()}`;
      else if (statement.background === true) text += last ? ' &' : ' & ';
      else if (!last) text += this.inFunction ? `;\n${this.margin()}` : '; ';
      else if (lastSemicolon) text += ';';
    });
    return text;
  }

  private redirection(node: Redirection): string {
    const descriptor =
      node.descriptor === undefined ? '' : node.descriptor.type === 'FileDescriptor' ? String(node.descriptor.value) : `{${node.descriptor.name}}`;
    if (node.type === 'HereDoc') {
      const delimiter = node.delimiter?.value ?? '';
      this.pendingBodies += `${node.body.text}${delimiter}\n`;
      return `${descriptor}${node.operator}${node.delimiter?.quoted === true ? `'${delimiter}'` : delimiter}`;
    }
    const target = node.target?.text ?? '';
    if (node.type === 'HereString') return `${descriptor}<<< ${target}`;
    if (node.operator === '>&' || node.operator === '<&') {
      return `${descriptor === '' ? (node.operator === '>&' ? '1' : '0') : descriptor}${node.operator}${target}`;
    }
    return `${descriptor}${node.operator} ${target}`;
  }

  private slice(range: { pos: number; end: number }): string {
    return this.source.text.slice(range.pos, range.end);
  }
}

/** A command in one piece, as jobs show it. */
export function commandText(source: SourceText, node: Node): string {
  return new CommandPrinter(source).node(node);
}
