import type { Op } from '../../../engine/kernel/task';
import { sleep } from '../../../engine/kernel/waitables';
import { DOCKER_COSTS } from '../../docker/docker-costs';
import type { DockerEngine } from '../../docker/docker-engine';
import type { ComposeConfig, ServiceConfig } from '../config/compose-config';
import { toList, toMapping } from '../config/service-merge';
import type { YamlMap } from '../yaml/yaml-value';
import type { ComposeOutput } from './compose-output';
import { LABELS } from './labels';
import { ProjectError } from './project-errors';

interface ProjectNetwork {
  /** As the file calls it. */
  readonly name: string;
  readonly fullName: string;
  readonly external: boolean;
  readonly definition: YamlMap;
}

/**
 * The networks of a project: those that its services use, made when they are missing.
 * @source docker/compose 1.20.1 compose/network.py
 */
export class ProjectNetworks {
  private readonly used: readonly ProjectNetwork[];

  /** Throws ProjectError for a service on a network that nobody defines. */
  constructor(
    private readonly engine: DockerEngine,
    private readonly output: ComposeOutput,
    private readonly projectName: string,
    private readonly config: ComposeConfig,
  ) {
    if (config.version.isFirst) {
      this.used = [];
      return;
    }
    const names = new Set(config.services.flatMap((service) => [...this.requestsOf(service).keys()]));
    for (const service of config.services) {
      for (const name of this.requestsOf(service).keys()) {
        if (name !== 'default' && !config.networks.has(name)) throw new ProjectError(`Service "${service.name}" uses an undefined network "${name}"`);
      }
    }
    const unused = [...config.networks.keys()].map(String).filter((name) => !names.has(name) && name !== 'default');
    if (unused.length > 0) output.warn(`Some networks were defined but are not used by any service: ${unused.join(', ')}`);
    this.used = [...names].map((name) => this.networkOf(name));
  }

  /** Where a service's containers go. */
  of(service: ServiceConfig): { network: string; aliases: readonly string[]; address?: string }[] {
    return [...this.requestsOf(service)].map(([name, definition]) => {
      const address = definition.get('ipv4_address');
      const aliases = [service.name, ...toList(definition.get('aliases')).map(String)];
      return { network: this.networkOf(name).fullName, aliases: [...new Set(aliases)], ...(typeof address === 'string' ? { address } : {}) };
    });
  }

  /** Throws ProjectError when an external one is missing. */
  *initialize(): Op<void> {
    for (const network of this.used) yield* this.ensure(network);
  }

  *remove(): Op<void> {
    for (const network of this.used) {
      if (network.external) {
        this.output.info(`Network ${network.fullName} is external, skipping`);
        continue;
      }
      this.output.info(`Removing network ${network.fullName}`);
      yield* sleep(this.engine.sim, DOCKER_COSTS.removeNetworkUs);
      if (this.engine.networks.find(network.fullName) === undefined) this.output.warn(`Network ${network.fullName} not found.`);
      else this.engine.networks.remove(network.fullName);
    }
  }

  private requestsOf(service: ServiceConfig): Map<string, YamlMap> {
    if (this.config.version.isFirst || service.options.has('network_mode')) return new Map();
    if (!service.options.has('networks')) return new Map([['default', new Map()]]);
    return new Map([...toMapping('networks', service.options.get('networks'))].map(([name, definition]) => [String(name), definition instanceof Map ? definition : new Map()]));
  }

  private networkOf(name: string): ProjectNetwork {
    const found = this.config.networks.get(name);
    const definition = found instanceof Map ? found : new Map();
    const external = definition.get('external');
    const isExternal = external === true || external instanceof Map;
    const own = definition.get('name') ?? (external instanceof Map ? external.get('name') : isExternal ? name : undefined);
    return { name, fullName: typeof own === 'string' ? own : `${this.projectName}_${name}`, external: isExternal, definition };
  }

  private *ensure({ name, fullName, external, definition }: ProjectNetwork): Op<void> {
    if (this.engine.networks.find(fullName) !== undefined) return;
    if (external) {
      throw new ProjectError(
        `Network ${fullName} declared as external, but could not be found. Please create the network manually using \`docker network create ${fullName}\` and try again.`,
      );
    }
    const driver = definition.get('driver');
    this.output.info(`Creating network "${fullName}" with ${typeof driver === 'string' ? `driver "${driver}"` : 'the default driver'}`);
    yield* sleep(this.engine.sim, DOCKER_COSTS.createNetworkUs);
    const ipam = definition.get('ipam');
    const first = ipam instanceof Map ? toList(ipam.get('config'))[0] : undefined;
    const subnet = first instanceof Map && typeof first.get('subnet') === 'string' ? String(first.get('subnet')) : undefined;
    const labels = new Map([[LABELS.project, this.projectName], [LABELS.network, name]] as [string, string][]);
    this.engine.networks.create(fullName, { labels, internal: definition.get('internal') === true, ...(subnet === undefined ? {} : { subnet }) });
  }
}
