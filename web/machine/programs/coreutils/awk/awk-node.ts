/** The tree of an awk program. Names are resolved: globals and locals by slot. */
export type Expr =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'regex'; readonly source: string }
  | { readonly kind: 'group'; readonly inner: Expr }
  | Variable
  | { readonly kind: 'field'; readonly index: Expr }
  | { readonly kind: 'element'; readonly array: Variable; readonly subscripts: readonly Expr[] }
  | { readonly kind: 'assign'; readonly operator: string; readonly target: LeftValue; readonly value: Expr }
  | { readonly kind: 'increment'; readonly by: 1 | -1; readonly prefix: boolean; readonly target: LeftValue }
  | { readonly kind: 'unary'; readonly operator: '!' | '-' | '+'; readonly operand: Expr }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'and' | 'or'; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'conditional'; readonly test: Expr; readonly yes: Expr; readonly no: Expr }
  | { readonly kind: 'match'; readonly negated: boolean; readonly text: Expr; readonly pattern: Expr }
  | { readonly kind: 'in'; readonly subscripts: readonly Expr[]; readonly array: Variable }
  | { readonly kind: 'builtin'; readonly name: string; readonly args: readonly Expr[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expr[]; readonly line: number }
  | { readonly kind: 'getline'; readonly from: 'input' | 'file' | 'command'; readonly source: Expr | undefined; readonly target: LeftValue | undefined };

export interface Variable {
  readonly kind: 'variable';
  readonly name: string;
  readonly scope: 'global' | 'local';
  readonly slot: number;
}

export type LeftValue = Extract<Expr, { kind: 'variable' | 'field' | 'element' }>;

export interface Redirection {
  readonly kind: '>' | '>>' | '|';
  readonly target: Expr;
}

export type Statement =
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | { readonly kind: 'expression'; readonly value: Expr }
  | { readonly kind: 'print' | 'printf'; readonly args: readonly Expr[]; readonly to: Redirection | undefined }
  | { readonly kind: 'if'; readonly test: Expr; readonly yes: Statement; readonly no: Statement | undefined }
  | { readonly kind: 'loop'; readonly start: Statement | undefined; readonly test: Expr | undefined; readonly step: Statement | undefined; readonly body: Statement; readonly testFirst: boolean }
  | { readonly kind: 'forIn'; readonly variable: LeftValue; readonly array: Variable; readonly body: Statement }
  | { readonly kind: 'break' | 'continue' | 'next' | 'nextfile' }
  | { readonly kind: 'exit' | 'return'; readonly value: Expr | undefined }
  | { readonly kind: 'delete'; readonly array: Variable; readonly subscripts: readonly Expr[] | undefined };

export interface AwkRule {
  /** `range` has two patterns; none runs for every record. */
  readonly kind: 'begin' | 'end' | 'pattern' | 'range';
  readonly patterns: readonly Expr[];
  readonly action: Statement | undefined;
}

export interface AwkFunction {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly body: Statement;
}

export interface AwkProgram {
  readonly rules: readonly AwkRule[];
  readonly functions: ReadonlyMap<string, AwkFunction>;
  /** Names of globals, by slot. */
  readonly globals: readonly string[];
}

/** A mistake in the program text; `message` is what follows `awk: `. */
export class AwkSyntaxError extends Error {}
