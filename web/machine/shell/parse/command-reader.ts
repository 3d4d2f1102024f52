import { type Statement, parse } from 'unbash';
import { Grammar } from './grammar';
import { ConditionalSyntaxError, OtherSyntaxError, UnexpectedEnd, UnexpectedToken } from './syntax-error';

/** Text that was parsed, with what it takes to name a line in it. */
export interface SourceText {
  readonly text: string;
  /** The number of its first line. */
  readonly firstLine: number;
}

/** One complete command: everything up to a newline outside any construct. */
export interface CompleteCommand {
  readonly kind: 'command';
  readonly source: SourceText;
  readonly statements: readonly Statement[];
  /** Where the next command starts in the text that was given. */
  readonly end: number;
  /** Here-documents that the end of the text closed: lines for warnings. */
  readonly openHereDocuments: readonly { readonly delimiter: string; readonly line: number; readonly atLine: number }[];
}

export interface CommandError {
  readonly kind: 'error';
  /** Without the `bash: line N: ` in front. */
  readonly message: string;
  readonly line: number;
  /** The source line to show after a message about a token. */
  readonly shownLine: string | undefined;
  readonly incomplete: boolean;
  /** What `$?` becomes. */
  readonly status: number;
}

export interface ReadOptions {
  readonly alias: (name: string) => string | undefined;
  readonly extendedGlob: boolean;
}

const SYNTAX_ERROR = 2;

/** The line of a position. */
export function lineAt(source: SourceText, pos: number): number {
  let line = source.firstLine;
  for (let at = source.text.indexOf('\n'); at >= 0 && at < pos; at = source.text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** Reads the complete command that starts at `pos`; undefined when only blanks and comments are left. The text must end with a newline. */
export function readCommand(text: string, pos: number, firstLine: number, options: ReadOptions): CompleteCommand | CommandError | undefined {
  const grammar = new Grammar(text, options);
  const source = { text, firstLine };
  try {
    const end = grammar.readCommand(pos);
    const { lexer } = grammar;
    const grown = lexer.text.length - text.length;
    const unit = { text: lexer.text.slice(pos, end), firstLine: lineAt(source, pos) };
    const { commands } = parse(unit.text);
    if (commands.length === 0 && end >= lexer.text.length) return undefined;
    return {
      kind: 'command',
      source: unit,
      statements: commands,
      end: end - grown,
      openHereDocuments: lexer.openHereDocuments.map((each) => ({
        delimiter: each.delimiter,
        line: lineAt({ text: lexer.text, firstLine }, each.pos),
        atLine: lineAt(source, text.length - 1),
      })),
    };
  } catch (error) {
    return describe(error, { text: grammar.lexer.text, firstLine });
  }
}

function describe(error: unknown, source: SourceText): CommandError {
  const endLine = lineAt(source, source.text.length);
  if (error instanceof UnexpectedEnd) {
    if (error.wanted === undefined) {
      return { kind: 'error', message: 'syntax error: unexpected end of file', line: endLine, shownLine: undefined, incomplete: true, status: SYNTAX_ERROR };
    }
    return {
      kind: 'error',
      message: `unexpected EOF while looking for matching \`${error.wanted}'`,
      line: lineAt(source, error.pos),
      shownLine: undefined,
      incomplete: true,
      status: SYNTAX_ERROR,
    };
  }
  if (error instanceof UnexpectedToken) return tokenError(error.token, error.pos, source);
  if (error instanceof OtherSyntaxError) return tokenError(error.message, error.pos, source);
  if (error instanceof ConditionalSyntaxError) {
    return { kind: 'error', message: error.reason, line: lineAt(source, error.pos), shownLine: undefined, incomplete: false, status: 0 };
  }
  throw error;
}

function tokenError(token: string, pos: number, source: SourceText): CommandError {
  const start = source.text.lastIndexOf('\n', pos - 1) + 1;
  const newline = source.text.indexOf('\n', pos);
  return {
    kind: 'error',
    message: `syntax error near unexpected token \`${token}'`,
    line: lineAt(source, pos),
    shownLine: source.text.slice(start, newline < 0 ? source.text.length : newline),
    incomplete: false,
    status: SYNTAX_ERROR,
  };
}
