import type { Op } from '../../../../engine/kernel/task';
import { ComposeEnvironment, parseEnvFile } from '../../../compose/config/compose-environment';
import type { ComposeConfig } from '../../../compose/config/compose-config';
import { type ConfigFile, findConfigFiles, parseConfigFile, readConfigFile } from '../../../compose/config/config-files';
import { loadConfig } from '../../../compose/config/load-config';
import type { ComposeOutput } from '../../../compose/project/compose-output';
import { Project } from '../../../compose/project/project';
import { projectName } from '../../../compose/project/project-name';
import type { DockerEngine } from '../../../docker/docker-engine';
import type { Process } from '../../../os/process';
import { concatBytes, decodeText } from '../../../os/text';
import { progressText } from '../cli/progress-bar';
import type { DocoptResult } from './docopt';

/** The bar is drawn by the engine, which takes no terminal to be wide. */
const BAR_COLUMNS = 200;

/** What a compose command works with. */
export class ComposeContext {
  private loaded: { config: ComposeConfig; workingDir: string } | undefined;
  private cachedProject: Project | undefined;
  readonly environment: ComposeEnvironment;

  constructor(
    readonly process: Process,
    readonly engine: DockerEngine,
    readonly output: ComposeOutput,
    /** Options before the command. */
    readonly global: DocoptResult,
    readonly options: DocoptResult,
  ) {
    this.environment = new ComposeEnvironment(process.env, envFile(process), (text) => output.warn(text));
  }

  /** Reads the files on first use. Throws ConfigurationError. */
  *config(): Op<ComposeConfig> {
    return (yield* this.load()).config;
  }

  /** Throws ConfigurationError, ProjectError. */
  *project(): Op<Project> {
    if (this.cachedProject !== undefined) return this.cachedProject;
    const { config, workingDir } = yield* this.load();
    const folder = this.process.files.resolve(workingDir).split('/').at(-1) ?? '';
    const name = projectName(this.global.value('--project-name') ?? this.environment.get('COMPOSE_PROJECT_NAME'), folder);
    this.cachedProject = new Project(name, config, this.engine, this.output, (progress) => progressText(progress, BAR_COLUMNS));
    return this.cachedProject;
  }

  private *load(): Op<{ config: ComposeConfig; workingDir: string }> {
    if (this.loaded !== undefined) return this.loaded;
    const { process, output } = this;
    const warn = (text: string): void => output.warn(text);
    const asked = this.askedFiles();
    const directory = this.global.value('--project-directory');
    let workingDir: string;
    let files: ConfigFile[];
    if (asked?.length === 1 && asked[0] === '-') {
      workingDir = directory ?? process.cwd;
      files = [parseConfigFile(decodeText(yield* readAll(process)), '<stdin>', warn)];
    } else {
      const found = findConfigFiles(process.files, asked, warn);
      workingDir = directory ?? found.workingDir;
      files = found.fileNames.map((name) => readConfigFile(process.files, name, warn));
    }
    const home = process.env.get('HOME') ?? '/';
    this.loaded = { config: loadConfig(files, { files: process.files, workingDir, home, environment: this.environment, warn }), workingDir };
    return this.loaded;
  }

  private askedFiles(): readonly string[] | undefined {
    const given = this.global.values('--file');
    if (given.length > 0) return given;
    const variable = this.environment.get('COMPOSE_FILE');
    if (variable === undefined || variable === '') return undefined;
    return variable.split(this.environment.get('COMPOSE_PATH_SEPARATOR') ?? ':');
  }
}

/** The project folder's `.env`, when there is one that can be read. */
function envFile(process: Process): Map<string, string> {
  const node = process.files.tryStat('.env');
  if (node?.kind !== 'regular') return new Map();
  return new Map([...parseEnvFile(decodeText(node.read()))].filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function* readAll(process: Process): Op<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (;;) {
    const bytes = yield* process.read(0);
    if (bytes === null) return concatBytes(parts);
    parts.push(bytes);
  }
}

