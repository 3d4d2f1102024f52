/** `String.format("%-10s", ...)`. */
export function padRight(text: string | number, width: number): string {
  return String(text).padEnd(width);
}
