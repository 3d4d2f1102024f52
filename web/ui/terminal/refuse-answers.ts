import type { Terminal } from '@xterm/xterm';

/**
 * Makes a terminal deaf to questions that programs can print.
 *
 * Why: xterm answers them as if the answer had been typed, so a record full of escape sequences would type into the shell,
 * and a replayed session would get every answer a second time.
 * Simplified: no program here asks where the cursor is or what the terminal can do.
 */
export function refuseAnswers({ parser }: Terminal): void {
  const swallow = () => true;
  for (const prefix of [undefined, '?', '>', '=']) {
    parser.registerCsiHandler({ ...(prefix && { prefix }), final: 'c' }, swallow);
    parser.registerCsiHandler({ ...(prefix && { prefix }), final: 'n' }, swallow);
  }
  parser.registerCsiHandler({ intermediates: '$', final: 'p' }, swallow);
  parser.registerCsiHandler({ prefix: '?', intermediates: '$', final: 'p' }, swallow);
  parser.registerCsiHandler({ final: 't' }, swallow);
  parser.registerCsiHandler({ prefix: '>', final: 'q' }, swallow);
  parser.registerDcsHandler({ intermediates: '$', final: 'q' }, swallow);
  parser.registerDcsHandler({ intermediates: '+', final: 'q' }, swallow);
  // Colours belong to the page; asking for them would be answered too.
  for (const code of [4, 10, 11, 12, 52]) parser.registerOscHandler(code, swallow);
}
