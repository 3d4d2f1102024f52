import type { DockerEngine } from '../../docker/docker-engine';
import { DockerError } from '../../docker/docker-error';
import type { YamlMap } from '../yaml/yaml-value';
import type { ComposeOutput } from './compose-output';
import { LABELS } from './labels';
import { ProjectError } from './project-errors';

/**
 * The volumes that a project declares.
 * @source docker/compose 1.20.1 compose/volume.py
 */
export class ProjectVolumes {
  constructor(
    private readonly engine: DockerEngine,
    private readonly output: ComposeOutput,
    private readonly projectName: string,
    private readonly declared: YamlMap,
  ) {}

  fullName(name: string): string {
    const definition = this.declared.get(name);
    if (!(definition instanceof Map)) return `${this.projectName}_${name}`;
    const external = definition.get('external');
    const own = definition.get('name') ?? (external instanceof Map ? external.get('name') : external === true ? name : undefined);
    return typeof own === 'string' ? own : `${this.projectName}_${name}`;
  }

  /** Throws ProjectError when an external one is missing. */
  initialize(): void {
    for (const key of this.declared.keys()) {
      const name = String(key);
      const fullName = this.fullName(name);
      if (this.engine.volumes.find(fullName) !== undefined) continue;
      if (this.isExternal(name)) {
        throw new ProjectError(
          `Volume ${fullName} declared as external, but could not be found. Please create the volume manually using \`docker volume create --name=${fullName}\` and try again.`,
        );
      }
      this.output.info(`Creating volume "${fullName}" with default driver`);
      this.engine.volumes.create(fullName, { labels: new Map([[LABELS.project, this.projectName], [LABELS.volume, name]] as [string, string][]) });
    }
  }

  remove(): void {
    for (const key of this.declared.keys()) {
      const fullName = this.fullName(String(key));
      if (this.isExternal(String(key))) {
        this.output.info(`Volume ${fullName} is external, skipping`);
        continue;
      }
      this.output.info(`Removing volume ${fullName}`);
      try {
        this.engine.volumes.remove(fullName);
      } catch (error) {
        if (!(error instanceof DockerError) || error.status !== 404) throw error;
        this.output.warn(`Volume ${fullName} not found.`);
      }
    }
  }

  private isExternal(name: string): boolean {
    const definition = this.declared.get(name);
    const external = definition instanceof Map ? definition.get('external') : undefined;
    return external === true || external instanceof Map;
  }
}
