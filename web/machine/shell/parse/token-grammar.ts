import { Lexer, type Token } from './lexer';
import { UnexpectedEnd, UnexpectedToken } from './syntax-error';

/** Words that only have a meaning at the start of a command, and may not stand there alone. */
export const CLOSING_WORDS = new Set(['then', 'else', 'elif', 'fi', 'do', 'done', 'esac', '}']);
const REDIRECTIONS = new Set(['<', '>', '>>', '<<', '<<-', '<<<', '<&', '>&', '<>', '>|', '&>', '&>>']);

/** Builtins whose arguments may be array assignments. */
export const DECLARING = new Set(['declare', 'typeset', 'local', 'export', 'readonly', 'alias', 'eval']);
export const ASSIGNMENT = /^[A-Za-z_]\w*(\[[\s\S]*?\])?\+?=/;

export interface GrammarOptions {
  /** The text of an alias, where aliases are expanded. */
  readonly alias: (name: string) => string | undefined;
  readonly extendedGlob: boolean;
}

/** What all rules of the grammar use: tokens, aliases in their places, and redirections. */
export abstract class TokenGrammar {
  readonly lexer: Lexer;
  /** Where the text of an alias ends, so that it is not expanded in itself. */
  private expanding: { name: string; end: number }[] = [];
  /** The next word may be an alias too: the last alias ended with a blank. */
  private aliasNextBefore = -1;

  constructor(
    text: string,
    private readonly options: GrammarOptions,
  ) {
    this.lexer = new Lexer(text, {
      extendedGlob: options.extendedGlob,
      readSubstitution: (_lexer, open) => this.substitution(open),
    });
  }

  /** Reads the commands of a substitution, up to and including its `)`. */
  protected abstract substitution(open: number): void;

  protected redirections(): void {
    while (this.redirection()) continue;
    const token = this.lexer.peek();
    if (token.kind === 'word' && !CLOSING_WORDS.has(token.text)) throw this.unexpected(token);
  }

  protected redirection(): boolean {
    const token = this.lexer.peek();
    if (token.kind === 'descriptor') this.lexer.next();
    else if (token.kind !== 'operator' || !REDIRECTIONS.has(token.text)) return false;
    const operator = this.lexer.next();
    const target = this.lexer.peek();
    if (target.kind === 'descriptor' && /[<>]&/.test(operator.text)) {
      this.lexer.next();
      return true;
    }
    if (target.kind !== 'word') throw this.unexpected(target);
    this.lexer.next();
    if (operator.text === '<<' || operator.text === '<<-') this.lexer.addHereDocument(target, operator.text === '<<-');
    return true;
  }

  /** The next token where a command may start: aliases are expanded there. */
  protected commandToken(): Token {
    this.lexer.assignmentsAllowed = true;
    for (;;) {
      const token = this.lexer.peek();
      if (!this.expandAlias(token)) return token;
    }
  }

  /** The word after an alias that ends with a blank is looked up too. */
  protected maybeAlias(): void {
    const token = this.lexer.peek();
    if (this.aliasNextBefore >= 0 && token.pos >= this.aliasNextBefore && token.kind === 'word') {
      this.aliasNextBefore = -1;
      this.expandAlias(token);
    }
  }

  protected expandAlias(token: Token): boolean {
    if (token.kind !== 'word') return false;
    this.expanding = this.expanding.filter((each) => token.pos < each.end);
    if (this.expanding.some((each) => each.name === token.text)) return false;
    const value = this.options.alias(token.text);
    if (value === undefined) return false;
    const growth = value.length - token.text.length;
    for (const each of this.expanding) each.end += growth;
    this.expanding.push({ name: token.text, end: token.pos + value.length });
    this.lexer.replace(token, value);
    this.aliasNextBefore = /[ \t]$/.test(value) ? token.pos + value.length : -1;
    return true;
  }

  protected isOperator(text: string): boolean {
    const token = this.lexer.peek();
    return token.kind === 'operator' && token.text === text;
  }

  protected expectOperator(text: string): void {
    const token = this.lexer.next();
    if (token.kind !== 'operator' || token.text !== text) throw this.unexpected(token);
  }

  protected expectWord(text: string): void {
    const token = this.lexer.next();
    if (token.kind !== 'word' || token.text !== text) throw this.unexpected(token);
  }

  protected skipNewlines(): void {
    while (this.lexer.peek().kind === 'newline') this.lexer.next();
  }

  protected unexpected(token: Token): UnexpectedToken | UnexpectedEnd {
    return token.kind === 'end' ? new UnexpectedEnd(token.pos) : new UnexpectedToken(token.text, token.pos);
  }

  /** Assignments, words and redirections up to the end of a simple command. `named`: the command's name was read. */
  protected simpleRest(named: boolean): void {
    let hasName = named;
    let any = named;
    for (;;) {
      const token = hasName ? this.lexer.peek() : this.commandToken();
      if (this.redirection()) any = true;
      else if (token.kind === 'word') {
        if (!hasName && !ASSIGNMENT.test(token.text)) {
          hasName = true;
          this.lexer.next();
          this.lexer.assignmentsAllowed = DECLARING.has(token.text);
          this.lexer.reset();
        } else this.lexer.next();
        any = true;
        if (hasName) this.maybeAlias();
      } else {
        this.lexer.assignmentsAllowed = true;
        if (!any) throw this.unexpected(token);
        if (token.kind === 'operator' && token.text === '(') throw this.unexpected(token);
        return;
      }
    }
  }
}
