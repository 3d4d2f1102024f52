import { expect, test } from 'vitest';
import { makePipe } from './pipe';
import { program, runProgram, testMachine } from './testing';

const cat = program('cat', function* (process) {
  for (;;) {
    const bytes = yield* process.read(0);
    if (bytes === null) return 0;
    yield* process.out(bytes);
  }
});

test('a program copies its input to its output and ends with its code', () => {
  const result = runProgram(testMachine(), cat, ['cat'], { stdin: 'hello\n' });
  expect(result.stdout).toBe('hello\n');
  expect(result.status).toEqual({ code: 0 });
});

test('a sleeping program dies of SIGTERM at once and its exit hooks run', () => {
  const machine = testMachine();
  let hook = false;
  const sleeper = program('sleeper', function* (process) {
    process.atExit(() => {
      hook = true;
    });
    yield* process.sleep(1_000_000_000);
    return 0;
  });
  const started = runProgram(machine, sleeper, ['sleeper'], { forUs: 1000 });
  expect(started.status).toBeUndefined();
  started.process.signal('SIGTERM');
  expect(started.process.exit).toEqual({ signal: 'SIGTERM' });
  expect(hook).toBe(true);
});

test('a writer into a pipe that nobody reads dies of SIGPIPE', () => {
  const yes = program('yes', function* (process) {
    for (;;) yield* process.out('y\n');
  });
  const reader = program('reader', function* (process) {
    const pipe = makePipe();
    const child = process.spawn({ program: yes, argv: ['yes'], fds: new Map([[1, pipe.writer]]) });
    pipe.writer.release();
    yield* pipe.reader.read(10, process);
    pipe.reader.release();
    return (yield* process.waitFor(child)).signal === 'SIGPIPE' ? 0 : 1;
  });
  expect(runProgram(testMachine(), reader, ['reader']).status).toEqual({ code: 0 });
});

test('the process that holds most memory is killed when memory runs out', () => {
  const hog = program('hog', function* (process) {
    process.holdMemory(17 * 1024 ** 3);
    yield* process.sleep(1);
    return 0;
  });
  expect(runProgram(testMachine(), hog, ['hog']).status).toEqual({ signal: 'SIGKILL' });
});

test('Ctrl+Z does not stop a group that nobody could continue, as what docker exec starts', () => {
  const machine = testMachine();
  const { process } = runProgram(machine, program('wait', function* (self) {
    yield* self.sleep(1000);
    return 0;
  }), ['wait'], { forUs: 10 });
  process.signal('SIGTSTP');
  expect(process.state).toBe('running');
  process.signal('SIGSTOP');
  expect(process.state).toBe('stopped');
});
