import { FileError } from '../../os/file-error';
import type { FileAccess } from '../../os/file-access';
import { decodeText } from '../../os/text';
import { YamlError } from '../yaml/yaml-error';
import { parseYaml } from '../yaml/yaml-parser';
import { type YamlMap, type YamlValue, pythonType } from '../yaml/yaml-value';
import { ComposeVersion } from './compose-version';
import { ConfigurationError, VERSION_EXPLANATION } from './configuration-error';

const NAMES = ['docker-compose.yml', 'docker-compose.yaml'];
const OVERRIDE_NAMES = ['docker-compose.override.yml', 'docker-compose.override.yaml'];
const ERRNO: Readonly<Record<string, readonly [python: string, number: number]>> = {
  ENOENT: ['FileNotFoundError', 2], EACCES: ['PermissionError', 13], EISDIR: ['IsADirectoryError', 21], ENOTDIR: ['NotADirectoryError', 20],
};

/** One compose file, read. */
export class ConfigFile {
  constructor(
    /** As compose names it: `./docker-compose.yml`. */
    readonly fileName: string,
    readonly content: YamlValue,
    private readonly warn: (text: string) => void,
  ) {}

  /** Throws ConfigurationError. */
  get version(): ComposeVersion {
    const { content } = this;
    if (!(content instanceof Map) || !content.has('version')) return new ComposeVersion('1');
    const version = content.get('version');
    if (version instanceof Map) {
      this.warn(`Unexpected type for "version" key in "${this.fileName}". Assuming "version" is the name of a service, and defaulting to Compose file version 1.`);
      return new ComposeVersion('1');
    }
    if (typeof version !== 'string') throw new ConfigurationError(`Version in "${this.fileName}" is invalid - it should be a string.`);
    if (version === '1') throw new ConfigurationError(`Version in "${this.fileName}" is invalid. ${VERSION_EXPLANATION}`);
    if (version === '2') return new ComposeVersion('2.0');
    if (version === '3') return new ComposeVersion('3.0');
    return new ComposeVersion(version);
  }

  /** Throws ConfigurationError for a file that holds no mapping. */
  get mapping(): YamlMap {
    if (this.content instanceof Map) return this.content;
    throw new ConfigurationError(`Top level object in '${this.fileName}' needs to be an object not '<class '${pythonType(this.content)}'>'.`);
  }

  section(name: 'services' | 'volumes' | 'networks'): YamlValue {
    if (this.version.isFirst) return name === 'services' ? this.mapping : new Map();
    return this.mapping.has(name) ? (this.mapping.get(name) as YamlValue) : new Map();
  }
}

/** Where compose's working directory and files are. */
export interface FoundFiles {
  readonly workingDir: string;
  readonly fileNames: readonly string[];
}

/**
 * Finds the files: those asked for, or docker-compose.yml (and its override) here or in a folder above.
 * Throws ConfigurationError.
 */
export function findConfigFiles(files: FileAccess, asked: readonly string[] | undefined, warn: (text: string) => void): FoundFiles {
  if (asked !== undefined) {
    const fileNames = asked.map((name) => (name.startsWith('/') ? name : `./${name}`));
    return { workingDir: (fileNames[0] as string).replace(/\/[^/]*$/, '') || '/', fileNames };
  }
  for (let folder = '.'; ; folder += '/..') {
    const candidates = NAMES.filter((name) => files.exists(`${folder}/${name}`));
    const winner = candidates[0];
    if (winner !== undefined) {
      if (candidates.length > 1) {
        warn(`Found multiple config files with supported names: ${candidates.join(', ')}`);
        warn(`Using ${winner}\n`);
      }
      return { workingDir: folder, fileNames: [`${folder}/${winner}`, ...overrideFiles(files, folder)] };
    }
    if (files.resolve(folder) === '/') throw new ConfigurationError(notFound());
  }
}

function overrideFiles(files: FileAccess, folder: string): string[] {
  const found = OVERRIDE_NAMES.map((name) => `${folder}/${name}`).filter((path) => files.exists(path));
  if (found.length > 1) throw new ConfigurationError(`Multiple override files found: ${found.join(', ')}. You may only use a single override file.`);
  return found;
}

function notFound(): string {
  const pad = ' '.repeat(8);
  return `\n${pad}Can't find a suitable configuration file in this directory or any\n${pad}parent. Are you in the right directory?\n\n${pad}Supported filenames: ${NAMES.join(', ')}\n${pad}`;
}

/** Throws ConfigurationError when it cannot be read or is not YAML. */
export function readConfigFile(files: FileAccess, fileName: string, warn: (text: string) => void): ConfigFile {
  try {
    return parseConfigFile(decodeText(files.readFile(fileName)), fileName, warn);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const [python, number] = ERRNO[error.code] ?? ['OSError', 5];
    throw new ConfigurationError(`.${python}: [Errno ${number}] ${error.message}: '${fileName}'`);
  }
}

/** Throws ConfigurationError. */
export function parseConfigFile(text: string, fileName: string, warn: (text: string) => void): ConfigFile {
  try {
    return new ConfigFile(fileName, parseYaml(text, fileName), warn);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throw new ConfigurationError(`${error.pythonClass}: ${error.message}`);
  }
}
