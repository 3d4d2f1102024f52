import { ConditionalGrammar } from './conditional-grammar';
import type { Token } from './lexer';
import { UnexpectedEnd } from './syntax-error';
import { ASSIGNMENT, CLOSING_WORDS, DECLARING, TokenGrammar } from './token-grammar';

/** How deep commands may nest: a browser's stack must never decide. */
const MAX_NESTING = 200;

/**
 * Recognises bash's grammar token by token, as far as it takes to say where a command ends, whether more input is needed, and which token is
 * wrong. The tree itself is made by the parser afterwards, from text that is known to be right.
 */
export class Grammar extends TokenGrammar {
  private depth = 0;

  /** Reads one complete command (up to its newline) from `pos` and returns its end. */
  readCommand(pos: number): number {
    this.lexer.reset(pos);
    this.skipNewlines();
    if (this.lexer.peek().kind === 'end') return this.lexer.next().end;
    this.list('line');
    const token = this.lexer.peek();
    if (token.kind === 'end') this.lexer.finishHereDocuments();
    else if (token.kind === 'newline') this.lexer.next();
    else throw this.unexpected(token);
    return this.lexer.pos;
  }

  /** The position after the `)` that closes the `(` at `open`. */
  substitutionEnd(open: number): number {
    this.lexer.reset(open + 1);
    this.substitution(open);
    return this.lexer.pos;
  }

  protected override substitution(open: number): void {
    this.skipNewlines();
    try {
      if (!this.isOperator(')')) this.list('block');
    } catch (error) {
      if (error instanceof UnexpectedEnd && error.wanted === undefined) throw new UnexpectedEnd(open, ')');
      throw error;
    }
    const token = this.lexer.peek();
    if (token.kind === 'end') throw new UnexpectedEnd(open, ')');
    if (!this.isOperator(')')) throw this.unexpected(token);
    this.lexer.next();
  }

  /** Commands with their separators. A `line` ends at a newline, a `block` at a token that cannot start a command. */
  private list(kind: 'line' | 'block'): void {
    for (;;) {
      this.andOr();
      const token = this.lexer.peek();
      const separator = token.kind === 'operator' && (token.text === ';' || token.text === '&');
      if (separator) this.lexer.next();
      else if (!(kind === 'block' && token.kind === 'newline')) return;
      if (kind === 'block') this.skipNewlines();
      if (this.endsList(kind)) return;
    }
  }

  private endsList(kind: 'line' | 'block'): boolean {
    const token = this.commandToken();
    if (token.kind === 'end') return true;
    if (kind === 'line') return token.kind === 'newline';
    if (token.kind === 'operator') return token.text === ')' || token.text.startsWith(';;') || token.text === ';&';
    return token.kind === 'word' && CLOSING_WORDS.has(token.text);
  }

  private andOr(): void {
    this.pipeline();
    while (this.isOperator('&&') || this.isOperator('||')) {
      this.lexer.next();
      this.skipNewlines();
      this.pipeline();
    }
  }

  private pipeline(): void {
    let prefixed = false;
    for (let token = this.commandToken(); token.kind === 'word' && (token.text === '!' || token.text === 'time'); token = this.commandToken()) {
      this.lexer.next();
      prefixed = true;
      if (token.text === 'time' && this.lexer.peek().text === '-p') this.lexer.next();
    }
    const first = this.lexer.peek();
    if (prefixed && (first.kind === 'newline' || first.kind === 'end' || first.text === ';')) return;
    this.command();
    while (this.isOperator('|') || this.isOperator('|&')) {
      this.lexer.next();
      this.skipNewlines();
      this.command();
    }
  }

  private command(): void {
    this.depth += 1;
    if (this.depth > MAX_NESTING) throw this.unexpected(this.lexer.peek());
    this.oneCommand();
    this.depth -= 1;
  }

  private oneCommand(): void {
    const token = this.commandToken();
    if (token.kind === 'end') throw new UnexpectedEnd(token.pos);
    if (token.kind === 'newline') throw this.unexpected(token);
    if (token.kind === 'operator' && token.text === '(') {
      this.parenthesis(token);
      this.redirections();
      return;
    }
    const compound = token.kind === 'word' ? this.compounds[token.text] : undefined;
    if (compound !== undefined) {
      this.lexer.next();
      compound();
      this.redirections();
      return;
    }
    if (token.kind === 'word' && CLOSING_WORDS.has(token.text)) throw this.unexpected(token);
    this.simpleCommand();
  }

  private readonly compounds: Readonly<Record<string, () => void>> = {
    __proto__: null as never,
    if: () => this.ifCommand(),
    while: () => this.loop(),
    until: () => this.loop(),
    for: () => this.forCommand(),
    select: () => this.forCommand(),
    case: () => this.caseCommand(),
    function: () => this.functionKeyword(),
    coproc: () => this.coprocess(),
    '{': () => {
      this.body('}');
    },
    '[[': () => new ConditionalGrammar(this.lexer).read(),
  };

  private parenthesis(token: Token): void {
    if (this.lexer.text[token.pos + 1] === '(') {
      const end = this.lexer.tryArithmetic(token.pos);
      if (end !== undefined) {
        this.lexer.reset(end);
        return;
      }
    }
    this.lexer.next();
    this.skipNewlines();
    this.list('block');
    this.expectOperator(')');
  }

  private ifCommand(): void {
    this.body('then');
    for (;;) {
      const word = this.body('elif', 'else', 'fi');
      if (word === 'fi') return;
      if (word === 'else') {
        this.body('fi');
        return;
      }
      this.body('then');
    }
  }

  private loop(): void {
    this.body('do');
    this.body('done');
  }

  private forCommand(): void {
    const token = this.lexer.peek();
    if (token.text === '(' && this.lexer.text[token.pos + 1] === '(') {
      const end = this.lexer.tryArithmetic(token.pos);
      if (end === undefined) throw this.unexpected(token);
      this.lexer.reset(end);
      if (this.isOperator(';')) this.lexer.next();
    } else {
      if (token.kind !== 'word') throw this.unexpected(token);
      this.lexer.next();
      this.forWords();
    }
    this.skipNewlines();
    const word = this.commandToken();
    if (word.text !== 'do' && word.text !== '{') throw this.unexpected(word);
    this.lexer.next();
    this.body(word.text === 'do' ? 'done' : '}');
  }

  private forWords(): void {
    if (this.isOperator(';')) {
      this.lexer.next();
      return;
    }
    this.skipNewlines();
    if (this.lexer.peek().text !== 'in') return;
    this.lexer.next();
    while (this.lexer.peek().kind === 'word') this.lexer.next();
    const token = this.lexer.peek();
    if (this.isOperator(';') || token.kind === 'newline') this.lexer.next();
    else throw this.unexpected(token);
  }

  private caseCommand(): void {
    const word = this.lexer.next();
    if (word.kind !== 'word') throw this.unexpected(word);
    this.skipNewlines();
    this.expectWord('in');
    for (;;) {
      this.skipNewlines();
      if (this.lexer.peek().text === 'esac') {
        this.lexer.next();
        return;
      }
      if (this.caseItem() === 'esac') return;
    }
  }

  /** One pattern list with its commands. */
  private caseItem(): 'esac' | 'more' {
    if (this.isOperator('(')) this.lexer.next();
    for (;;) {
      const pattern = this.lexer.next();
      if (pattern.kind !== 'word') throw this.unexpected(pattern);
      if (!this.isOperator('|')) break;
      this.lexer.next();
    }
    this.expectOperator(')');
    this.skipNewlines();
    if (!this.endsList('block')) this.list('block');
    const token = this.lexer.next();
    if (token.kind === 'word' && token.text === 'esac') return 'esac';
    if (token.kind !== 'operator' || !/^;[;&]/.test(token.text)) throw this.unexpected(token);
    return 'more';
  }

  private functionKeyword(): void {
    const name = this.lexer.next();
    if (name.kind !== 'word') throw this.unexpected(name);
    if (this.isOperator('(')) {
      this.lexer.next();
      this.expectOperator(')');
    }
    this.functionBody();
  }

  private functionBody(): void {
    this.skipNewlines();
    const token = this.commandToken();
    const compound = token.kind === 'word' && this.compounds[token.text] !== undefined;
    if (!compound && !(token.kind === 'operator' && token.text === '(')) throw this.unexpected(token);
    this.command();
  }

  private coprocess(): void {
    const name = this.lexer.peek();
    if (name.kind === 'word' && this.compounds[name.text] === undefined) {
      this.lexer.next();
      const token = this.lexer.peek();
      if ((token.kind === 'word' && this.compounds[token.text] !== undefined) || token.text === '(') this.command();
      else this.simpleRest(true);
    } else this.command();
  }

  /** A compound list that ends with one of the words, which is returned. */
  private body(...closing: string[]): string {
    this.skipNewlines();
    this.list('block');
    const token = this.lexer.next();
    if (token.kind === 'word' && closing.includes(token.text)) return token.text;
    throw this.unexpected(token);
  }

  private simpleCommand(): void {
    const first = this.lexer.peek();
    if (first.kind === 'word' && !ASSIGNMENT.test(first.text)) {
      this.lexer.next();
      const open = this.lexer.peek();
      if (open.kind === 'operator' && open.text === '(') {
        this.lexer.next();
        this.expectOperator(')');
        this.functionBody();
        return;
      }
      this.lexer.assignmentsAllowed = DECLARING.has(first.text);
      this.lexer.reset();
      this.maybeAlias();
      this.simpleRest(true);
      return;
    }
    this.simpleRest(false);
  }
}
