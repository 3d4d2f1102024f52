/** What bash says about an expression, without the `bash: ` in front. */
export class ArithmeticError extends Error {
  constructor(expression: string, reason: string, token: string) {
    super(`${expression.trimStart()}: ${reason} (error token is "${token}")`);
  }
}
