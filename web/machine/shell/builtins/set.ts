import type { Op } from '../../../engine/kernel/task';
import { SET_OPTIONS } from '../execute/options';
import type { BuiltinCall, BuiltinTable } from './builtin';
import { showAll } from './declare';

const BY_LETTER = new Map(SET_OPTIONS.filter((each) => each.letter !== undefined).map((each) => [each.letter as string, each.name]));

function* showOptions(call: BuiltinCall, reusable: boolean): Op<void> {
  const { options } = call.shell;
  yield* call.out(
    SET_OPTIONS.map(({ name }) =>
      reusable ? `set ${options.has(name) ? '-' : '+'}o ${name}\n` : `${name.padEnd(15)}\t${options.has(name) ? 'on' : 'off'}\n`,
    ).join(''),
  );
}

function* set(call: BuiltinCall): Op<number> {
  const { shell, args } = call;
  if (args.length === 0) return yield* showAll(call);
  let at = 0;
  for (; at < args.length; at++) {
    const arg = args[at] as string;
    if (arg === '--' || arg === '-') {
      if (arg === '-') for (const name of ['xtrace', 'verbose']) shell.options.set(name, false);
      if (arg === '--' || at + 1 < args.length) shell.positional = args.slice(at + 1);
      return 0;
    }
    if (!/^[-+]./.test(arg)) break;
    const on = arg.startsWith('-');
    for (const letter of arg.slice(1)) {
      if (letter === 'o') {
        const name = args[at + 1];
        if (name === undefined || /^[-+]/.test(name)) yield* showOptions(call, !on);
        else {
          at += 1;
          if (!SET_OPTIONS.some((each) => each.name === name)) return yield* call.fail(`${name}: invalid option name`, 2);
          setOption(call, name, on);
        }
        continue;
      }
      const name = BY_LETTER.get(letter);
      if (name === undefined) return yield* call.invalidOption(`${arg[0] as string}${letter}`);
      setOption(call, name, on);
    }
  }
  if (at < args.length) shell.positional = args.slice(at);
  return 0;
}

function setOption(call: BuiltinCall, name: string, on: boolean): void {
  const { options } = call.shell;
  options.set(name, on);
  if (name === 'emacs' && on) options.set('vi', false);
  if (name === 'vi' && on) options.set('emacs', false);
}

function* shopt(call: BuiltinCall): Op<number> {
  const parsed = yield* call.options('pqsuo');
  if (parsed === undefined) return 2;
  const { flags, rest } = parsed;
  const { options } = call.shell;
  const setOptions = flags.has('o');
  const known = setOptions ? SET_OPTIONS.map((each) => each.name) : options.shoptNames();
  const isOn = (name: string): boolean => (setOptions ? options.has(name) : options.shopt(name));
  for (const name of rest) if (!known.includes(name)) return yield* call.fail(`${name}: invalid ${setOptions ? 'option' : 'shell option'} name`);
  if (rest.length > 0 && (flags.has('s') || flags.has('u'))) {
    for (const name of rest) {
      if (setOptions) options.set(name, flags.has('s'));
      else options.setShopt(name, flags.has('s'));
    }
    return 0;
  }
  const shown = (rest.length > 0 ? rest : known).filter((name) => (flags.has('s') ? isOn(name) : flags.has('u') ? !isOn(name) : true));
  if (!flags.has('q')) {
    yield* call.out(
      shown
        .map((name) => {
          if (flags.has('p')) return setOptions ? `set ${isOn(name) ? '-' : '+'}o ${name}\n` : `shopt -${isOn(name) ? 's' : 'u'} ${name}\n`;
          return `${name.padEnd(15)}\t${isOn(name) ? 'on' : 'off'}\n`;
        })
        .join(''),
    );
  }
  return rest.every(isOn) ? 0 : 1;
}

export const SET: BuiltinTable = { set, shopt };
