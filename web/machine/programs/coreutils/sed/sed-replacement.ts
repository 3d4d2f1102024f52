import type { ReplacementPart } from './sed-script';

/** The text that `s` puts in, with its changes of case. */
export function replacementText(parts: readonly ReplacementPart[], groupText: (group: number) => string): string {
  let out = '';
  let mode: 'U' | 'L' | 'E' = 'E';
  let once: 'u' | 'l' | undefined;
  for (const part of parts) {
    if ('caseMode' in part) {
      if (part.caseMode === 'u' || part.caseMode === 'l') once = part.caseMode;
      else {
        mode = part.caseMode;
        once = undefined;
      }
      continue;
    }
    let text = 'text' in part ? part.text : groupText(part.group);
    if (text === '') continue;
    if (mode !== 'E') text = mode === 'U' ? text.toUpperCase() : text.toLowerCase();
    if (once !== undefined) text = (once === 'u' ? text.charAt(0).toUpperCase() : text.charAt(0).toLowerCase()) + text.slice(1);
    once = undefined;
    out += text;
  }
  return out;
}
