import { expect, test } from 'vitest';
import { HostileSession, IN_KAFKA, PROMPT, TOOL } from './hostile-session';

const SECOND_US = 1_000_000;

/** Runs a scenario, says how long it took, and that the next command works. */
function hostile(name: string, scenario: (session: HostileSession) => void): void {
  test(name, { timeout: 120_000 }, () => {
    const session = new HostileSession();
    const began = performance.now();
    scenario(session);
    expect(session.command(1, 'echo al""ive')).toContain('alive\n');
    const { eventMs, inputMs, frameMs } = session.longest;
    const { nowUs, eventNumber } = session.session.sim;
    const heapMB = process.memoryUsage().heapUsed / 1_048_576;
    console.log(
      `${name}: ${((performance.now() - began) / 1000).toFixed(1)} s of wall time, ${(nowUs / SECOND_US).toFixed(1)} s simulated, ${eventNumber} events; ` +
        `longest event ${eventMs.toFixed(0)} ms, input ${inputMs.toFixed(0)} ms, frame ${frameMs.toFixed(0)} ms; heap ${heapMB.toFixed(0)} MB`,
    );
  });
}

/** As `printf` takes it: the clipboard, the title, questions, another screen, colours, mouse, what is no UTF-8. */
const ESCAPES = String.raw`\e]52;c;ZWNobyBoYWNrZWQ=\a\e]0;title\a\e[6n\e[5n\e[c\e[>c\e[?1049h\e[31;44;7m\e[2J\e[H\xff\xfe\xc3\x28\e[?1000h\e[21t\eP$q"p\e\\ end`;

hostile('a record full of escape sequences', (session) => {
  session.startCluster();
  session.command(1, `printf '${ESCAPES}\\n' | docker-compose exec -T kafka ${TOOL.producer}`);
  session.command(1, `docker-compose exec -T kafka ${TOOL.consumer} --timeout-ms 3000 2> /dev/null`);
  const shown = session.raw(1);
  for (const part of ['\x1b]52;c;ZWNobyBoYWNrZWQ=\x07', '\x1b]0;title\x07', '\x1b[6n', '\x1b[?1049h\x1b[31;44;7m\x1b[2J', '\ufffd\ufffd\ufffd(', ' end\r\n']) expect(shown).toContain(part);
});

hostile('a line of 5 MB piped into the producer', (session) => {
  session.startCluster();
  const shown = session.command(1, `${IN_KAFKA} "head -c 5000000 /dev/zero | tr '\\\\0' x | ${TOOL.producer}"`, 300);
  expect(shown).toContain('org.apache.kafka.common.errors.RecordTooLargeException');
});

hostile('yes into the producer, stopped after 15 s', (session) => {
  session.startCluster();
  session.type(1, `${IN_KAFKA} "yes | ${TOOL.producer}"\r`);
  session.pass(15 * SECOND_US);
  session.clear(1);
  session.type(1, '\x03');
  session.waitFor(1, PROMPT, 10);
  expect(session.session.world.topics().find(({ name }) => name === 'helloworld')?.partitions[0]?.records).toBeGreaterThan(1_000_000);
});

hostile('yes into a producer whose prompts nobody reads', (session) => {
  session.startCluster();
  session.type(1, `${IN_KAFKA} "yes | ${TOOL.producer} | sleep 1000"\r`);
  session.pass(15 * SECOND_US);
  session.clear(1);
  session.type(1, '\x03');
  session.waitFor(1, PROMPT, 10);
});

hostile('a fork bomb', (session) => {
  session.type(1, ':(){ :|:& };:\r');
  session.pass(20 * SECOND_US);
  expect(session.raw(1)).toContain('bash: fork: retry: Resource temporarily unavailable');
});

hostile('a loop that does nothing, stopped after 15 s', (session) => {
  session.type(1, 'while :; do :; done\r');
  session.pass(15 * SECOND_US);
  session.clear(1);
  session.type(1, '\x03');
  session.waitFor(1, PROMPT, 5);
});

hostile('a compose file with a thousand services', (session) => {
  const services = Array.from({ length: 1000 }, (_, i) => `  s${i + 1}:\n    image: wurstmeister/zookeeper:3.4.6\n`).join('');
  session.session.apply({ kind: 'file.save', path: '/home/student/many.yml', text: `version: '2'\nservices:\n${services}` });
  session.type(1, 'docker-compose -p many -f ~/many.yml up\r');
  session.waitFor(1, 'exited with code 137', 600);
  session.pass(20 * SECOND_US);
  expect(session.raw(1).match(/exited with code 137/g)?.length).toBeGreaterThan(900);
  session.clear(1);
  session.type(1, '\x03');
  session.waitFor(1, PROMPT, 600);
  expect(session.command(1, 'docker ps -a | grep -c "Exited (137)"')).toMatch(/\n(9\d\d|1000)\n/);
  session.command(1, 'docker-compose -p many -f ~/many.yml down', 600);
  expect(session.command(1, 'docker ps -aq | wc -l')).toContain('\n0\n');
});

hostile('3 MB of text pasted into the producer', (session) => {
  session.startCluster();
  session.type(1, `docker-compose exec kafka ${TOOL.producer}\r`);
  session.waitFor(1, '>', 20);
  const lines = Array.from({ length: 60_000 }, (_, i) => `line ${String(i).padStart(6, '0')} of a text that somebody pastes`);
  session.paste(1, `${lines.join('\r')}\r`);
  session.waitFor(1, 'line 059999', 60);
  session.pass(2 * SECOND_US);
  expect(session.session.world.topics().find(({ name }) => name === 'helloworld')?.partitions[0]?.records).toBe(60_000);
  session.clear(1);
  session.type(1, '\x04');
  session.waitFor(1, PROMPT, 60);
});

hostile('3 MB without a line end pasted into the producer, then at the prompt', (session) => {
  session.startCluster();
  session.type(1, `docker-compose exec kafka ${TOOL.producer}\r`);
  session.waitFor(1, '>', 20);
  session.paste(1, 'x'.repeat(3_000_000));
  session.pass(SECOND_US);
  session.type(1, '\r');
  session.pass(SECOND_US);
  session.clear(1);
  session.type(1, '\x03');
  session.waitFor(1, PROMPT, 10);
  session.paste(1, 'x'.repeat(3_000_000));
  session.type(1, '\x15');
});
