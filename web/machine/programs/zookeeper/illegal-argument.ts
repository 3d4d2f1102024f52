/** Java's IllegalArgumentException, which the shell reports as `Command failed`. */
export class IllegalArgument extends Error {
  constructor(
    message: string,
    readonly javaClass = 'java.lang.IllegalArgumentException',
  ) {
    super(message);
  }
}

/** `Integer.parseInt`. Throws IllegalArgument. */
export function parseInteger(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw new IllegalArgument(`For input string: "${text}"`, 'java.lang.NumberFormatException');
  return Number(text);
}
