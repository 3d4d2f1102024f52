import type { DockerEngine } from '../../../docker/docker-engine';
import { type DockerCommand, StatusError } from '../cli/docker-command';
import type { FlagSpec } from '../cli/flags';
import { type Json, containerJson, imageJson, networkJson, volumeJson } from '../cli/inspect-data';
import { printInspected } from '../cli/print-inspect';

const FORMAT: FlagSpec = { name: 'format', short: 'f', kind: 'string', usage: 'Format the output using the given Go template' };
const SOME = { min: 1, max: Infinity } as const;

type Finder = (engine: DockerEngine, name: string) => Json | undefined;

const FINDERS: Readonly<Record<string, Finder>> = {
  container: (engine, name) => {
    const container = engine.findContainer(name);
    return container === undefined ? undefined : containerJson(container, engine);
  },
  image: (engine, name) => {
    const image = engine.images.find(name);
    return image === undefined ? undefined : imageJson(image);
  },
  network: (engine, name) => {
    const network = engine.networks.find(name);
    return network === undefined ? undefined : networkJson(network);
  },
  volume: (engine, name) => {
    const volume = engine.volumes.find(name);
    return volume === undefined ? undefined : volumeJson(volume);
  },
};

/** `docker inspect`: whatever has that name. */
export const inspect: DockerCommand = {
  use: 'inspect [OPTIONS] NAME|ID [NAME|ID...]',
  short: 'Return low-level information on Docker objects',
  args: SOME,
  flags: [
    FORMAT,
    { name: 'size', short: 's', kind: 'bool', usage: 'Display total file sizes if the type is container' },
    { name: 'type', kind: 'string', usage: 'Return JSON for specified type' },
  ],
  completes: 'container',
  run({ process, engine, flags, args }) {
    const type = flags.string('type');
    const finders = type === '' ? Object.values(FINDERS) : [FINDERS[type]];
    if (finders[0] === undefined) throw new StatusError(`"${type}" is not a valid value for --type`, 1);
    const find = (name: string): Json | undefined => {
      for (const finder of finders) {
        const found = finder?.(engine, name);
        if (found !== undefined) return found;
      }
      return undefined;
    };
    const missing = (name: string): string => (type === '' ? `Error: No such object: ${name}` : `Error: No such ${type}: ${name}`);
    return printInspected(process, args, find, { format: flags.string('format'), missing });
  },
};

function inspectOne(type: 'container' | 'image' | 'network' | 'volume', use: string, short: string): DockerCommand {
  return {
    use,
    short,
    args: SOME,
    flags: [FORMAT],
    completes: type,
    run: ({ process, engine, flags, args }) =>
      printInspected(process, args, (name) => FINDERS[type]?.(engine, name), {
        format: flags.string('format'),
        missing: (name) => (type === 'network' ? `Error: No such network: ${name}` : type === 'volume' ? `Error: No such volume: ${name}` : `Error: No such ${type}: ${name}`),
      }),
  };
}

export const inspectContainer = inspectOne('container', 'inspect [OPTIONS] CONTAINER [CONTAINER...]', 'Display detailed information on one or more containers');
export const inspectImage = inspectOne('image', 'inspect [OPTIONS] IMAGE [IMAGE...]', 'Display detailed information on one or more images');
export const inspectNetwork = inspectOne('network', 'inspect [OPTIONS] NETWORK [NETWORK...]', 'Display detailed information on one or more networks');
export const inspectVolume = inspectOne('volume', 'inspect [OPTIONS] VOLUME [VOLUME...]', 'Display detailed information on one or more volumes');
