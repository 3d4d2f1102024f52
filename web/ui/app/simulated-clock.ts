/**
 * Simulated time as a clock reads it, UTC: `10:00:47` and the four digits that follow, `.3184`.
 * `startDateMs` is the date at simulated time 0, in ms since 1970.
 */
export function clockText(nowUs: number, startDateMs: number): { seconds: string; fraction: string } {
  const wholeUs = Math.max(0, Math.floor(nowUs)) + (((startDateMs % 1000) + 1000) % 1000) * 1000;
  const date = new Date(Math.floor(startDateMs / 1000) * 1000 + Math.floor(wholeUs / 1_000_000) * 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  return {
    seconds: `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`,
    fraction: String(Math.floor((wholeUs % 1_000_000) / 100)).padStart(4, '0'),
  };
}
