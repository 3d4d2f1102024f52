import { ComposeVersion } from '../config/compose-version';
import type { Schema, SchemaType } from './json-schema';

/**
 * What each version of the compose file format allows.
 * @source docker/compose 1.20.1 compose/config/config_schema_v*.json
 */

const NAME = '^[a-zA-Z0-9._-]+$';

const type = (...types: SchemaType[]): Schema => ({ type: types.length === 1 ? (types[0] as SchemaType) : types });
const object = (properties: Readonly<Record<string, Schema>>, more: Schema = {}): Schema => ({ type: 'object', properties, additionalProperties: false, ...more });
const listOf = (items: Schema): Schema => ({ type: 'array', items });
const oneOf = (...alternatives: Schema[]): Schema => ({ oneOf: alternatives });

const STRING = type('string');
const NUMBER = type('number');
const INTEGER = type('integer');
const BOOLEAN = type('boolean');
const STRINGS: Schema = { type: 'array', items: STRING, uniqueItems: true };
const STRING_OR_LIST = oneOf(STRING, STRINGS);
const COMMAND = oneOf(STRING, listOf(STRING));
const NUMBER_OR_STRING = type('number', 'string');
const INTEGER_OR_STRING = type('integer', 'string');
const LIST_OR_DICT = oneOf({ type: 'object', patternProperties: { '.+': type('string', 'number', 'null') }, additionalProperties: false }, STRINGS);
const STRICT_LABELS = oneOf({ type: 'object', patternProperties: { '.+': STRING }, additionalProperties: false }, STRINGS);
const OPTIONS: Schema = { type: 'object', patternProperties: { '^.+$': type('string', 'number') } };
const EXTERNAL: Schema = { type: ['boolean', 'object'], properties: { name: STRING }, additionalProperties: false };
const EXPOSE: Schema = { type: 'array', items: { type: ['string', 'number'], format: 'expose' }, uniqueItems: true };
const PORTS: Schema = { type: 'array', items: { type: ['string', 'number'], format: 'ports' }, uniqueItems: true };
const LONG_PORTS: Schema = {
  type: 'array',
  items: oneOf({ type: 'number', format: 'ports' }, { type: 'string', format: 'ports' }, object({ mode: STRING, target: INTEGER, published: INTEGER, protocol: STRING })),
  uniqueItems: true,
};
const ULIMITS: Schema = {
  type: 'object',
  patternProperties: { '^[a-z]+$': oneOf(INTEGER, object({ hard: INTEGER, soft: INTEGER }, { required: ['soft', 'hard'] })) },
};
const BLKIO_LIMITS = listOf(object({ path: STRING, rate: INTEGER_OR_STRING }));
const BLKIO = object({
  device_read_bps: BLKIO_LIMITS, device_read_iops: BLKIO_LIMITS, device_write_bps: BLKIO_LIMITS, device_write_iops: BLKIO_LIMITS,
  weight: INTEGER, weight_device: listOf(object({ path: STRING, weight: INTEGER })),
});
const EXTENDS = oneOf(STRING, object({ service: STRING, file: STRING }, { required: ['service'] }));

/** Keys that every version has. */
const COMMON: Readonly<Record<string, Schema>> = {
  cap_add: STRINGS, cap_drop: STRINGS, cgroup_parent: STRING, command: COMMAND, container_name: STRING, devices: STRINGS, dns: STRING_OR_LIST,
  dns_search: STRING_OR_LIST, domainname: STRING, entrypoint: COMMAND, env_file: STRING_OR_LIST, environment: LIST_OR_DICT, expose: EXPOSE,
  external_links: STRINGS, extra_hosts: LIST_OR_DICT, hostname: STRING, image: STRING, ipc: STRING, links: STRINGS, mac_address: STRING,
  pid: type('string', 'null'), ports: PORTS, privileged: BOOLEAN, read_only: BOOLEAN, restart: STRING, security_opt: STRINGS, shm_size: NUMBER_OR_STRING,
  stdin_open: BOOLEAN, stop_signal: STRING, tty: BOOLEAN, ulimits: ULIMITS, user: STRING, volumes: STRINGS, working_dir: STRING,
};

/** Resource limits and the like, which version 3 leaves to `deploy`. */
const LIMITS: Readonly<Record<string, Schema>> = {
  cpu_shares: NUMBER_OR_STRING, cpu_quota: NUMBER_OR_STRING, cpuset: STRING, mem_limit: NUMBER_OR_STRING, memswap_limit: NUMBER_OR_STRING,
  mem_swappiness: INTEGER, volume_driver: STRING, volumes_from: STRINGS, extends: EXTENDS,
};

function service(properties: Readonly<Record<string, Schema>>, more: Schema = {}): Schema {
  return object(properties, { id: '#/definitions/service', ...more });
}

const FIRST: Schema = {
  id: 'config_schema_v1.json',
  type: 'object',
  patternProperties: {
    [NAME]: service(
      { ...COMMON, ...LIMITS, labels: STRICT_LABELS, build: STRING, dockerfile: STRING, log_driver: STRING, log_opt: type('object'), net: STRING },
      { dependencies: { memswap_limit: ['mem_limit'] } },
    ),
  },
  additionalProperties: false,
};

function serviceNetworks(more: Readonly<Record<string, Schema>>): Schema {
  const network = object({ aliases: STRINGS, ipv4_address: STRING, ipv6_address: STRING, ...more });
  return oneOf(STRINGS, { type: 'object', patternProperties: { [NAME]: oneOf(network, type('null')) }, additionalProperties: false });
}

function healthcheck(version: ComposeVersion): Schema {
  const startPeriod: Readonly<Record<string, Schema>> = version.text === '2.3' || version.atLeast('3.4') ? { start_period: STRING } : {};
  return object({ disable: BOOLEAN, interval: STRING, retries: NUMBER, test: COMMAND, timeout: STRING, ...startPeriod }, { id: '#/definitions/healthcheck' });
}

const LONG_VOLUME_PARTS: Readonly<Record<string, Schema>> = {
  type: STRING, source: STRING, target: STRING, read_only: BOOLEAN, consistency: STRING,
  bind: { type: 'object', properties: { propagation: STRING } }, volume: { type: 'object', properties: { nocopy: BOOLEAN } },
};
const LONG_VOLUMES: Schema = {
  type: 'array',
  items: { ...oneOf(STRING, object({ ...LONG_VOLUME_PARTS, tmpfs: { type: 'object', properties: { size: INTEGER_OR_STRING } } }, { required: ['type'] })), uniqueItems: true },
};

function secondBuild(version: ComposeVersion): Schema {
  return oneOf(STRING, object({
    context: STRING, dockerfile: STRING, args: LIST_OR_DICT,
    ...(version.atLeast('2.1') ? { labels: STRICT_LABELS } : {}),
    ...(version.atLeast('2.2') ? { cache_from: STRINGS, network: STRING } : {}),
    ...(version.atLeast('2.3') ? { target: STRING, shm_size: INTEGER_OR_STRING, extra_hosts: LIST_OR_DICT } : {}),
  }));
}

function secondService(version: ComposeVersion): Schema {
  const condition = object({ condition: { type: 'string', enum: ['service_started', 'service_healthy'] } }, { required: ['condition'] });
  return service(
    {
      ...COMMON, ...LIMITS, blkio_config: BLKIO, build: secondBuild(version), labels: STRICT_LABELS, dns_opt: STRINGS, depends_on: STRINGS,
      logging: object({ driver: STRING, options: type('object') }), mem_reservation: INTEGER_OR_STRING, network_mode: STRING,
      networks: serviceNetworks(version.atLeast('2.1') ? { priority: NUMBER, link_local_ips: STRINGS } : { priority: NUMBER }),
      oom_score_adj: { type: 'integer', minimum: -1000, maximum: 1000 }, group_add: { type: 'array', items: NUMBER_OR_STRING, uniqueItems: true },
      stop_grace_period: STRING, tmpfs: STRING_OR_LIST,
      ...(version.atLeast('2.1')
        ? {
            depends_on: oneOf(STRINGS, { type: 'object', additionalProperties: false, patternProperties: { [NAME]: condition } }),
            healthcheck: healthcheck(version), isolation: STRING, oom_kill_disable: BOOLEAN, sysctls: LIST_OR_DICT, pids_limit: NUMBER_OR_STRING,
            storage_opt: type('object'), userns_mode: STRING,
          }
        : {}),
      ...(version.atLeast('2.2')
        ? {
            cpu_count: { type: 'integer', minimum: 0 }, cpu_percent: { type: 'integer', minimum: 0, maximum: 100 }, cpus: { type: 'number', minimum: 0 },
            init: type('boolean', 'string'), scale: INTEGER,
          }
        : {}),
      ...(version.atLeast('2.3') ? { device_cgroup_rules: STRINGS, runtime: STRING, volumes: LONG_VOLUMES } : {}),
    },
    { dependencies: { memswap_limit: ['mem_limit'] } },
  );
}

function sections(version: ComposeVersion): { network: Schema; volume: Schema } {
  const third = version.atLeast('3.0');
  const labels = labelsOf(version);
  const named = third ? version.atLeast('3.5') : version.atLeast('2.1');
  const labelled = third || version.atLeast('2.1');
  const ipam = third
    ? object({ driver: STRING, config: listOf(object({ subnet: { type: 'string', format: 'subnet_ip_address' } })) })
    : object({ driver: STRING, config: type('array'), options: { type: 'object', patternProperties: { '^.+$': STRING }, additionalProperties: false } });
  return {
    network: object(
      {
        driver: STRING, driver_opts: OPTIONS, ipam, external: EXTERNAL, internal: BOOLEAN,
        ...(labelled ? { labels } : {}),
        ...(!third && labelled ? { enable_ipv6: BOOLEAN } : {}),
        ...(version.atLeast('3.2') ? { attachable: BOOLEAN } : {}),
        ...(named ? { name: STRING } : {}),
      },
      { id: '#/definitions/network', type: third ? ['object', 'null'] : 'object' },
    ),
    volume: object(
      { driver: STRING, driver_opts: OPTIONS, external: EXTERNAL, ...(labelled ? { labels } : {}), ...(named || version.atLeast('3.4') ? { name: STRING } : {}) },
      { id: '#/definitions/volume', type: ['object', 'null'] },
    ),
  };
}

function labelsOf(version: ComposeVersion): Schema {
  return version.atLeast('3.6') ? LIST_OR_DICT : STRICT_LABELS;
}

const RESOURCE: Readonly<Record<string, Schema>> = { cpus: STRING, memory: STRING };

function deployment(version: ComposeVersion): Schema {
  const generic = listOf(object({ discrete_resource_spec: object({ kind: STRING, value: NUMBER }) }));
  return object(
    {
      mode: STRING, replicas: INTEGER, labels: labelsOf(version),
      ...(version.atLeast('3.2') ? { endpoint_mode: STRING } : {}),
      update_config: object({
        parallelism: INTEGER, delay: STRING, failure_action: STRING, monitor: STRING, max_failure_ratio: NUMBER,
        ...(version.atLeast('3.4') ? { order: { type: 'string', enum: ['start-first', 'stop-first'] } as Schema } : {}),
      }),
      resources: object({ limits: object(RESOURCE), reservations: object(version.atLeast('3.5') ? { ...RESOURCE, generic_resources: generic } : RESOURCE) }),
      restart_policy: object({ condition: STRING, delay: STRING, max_attempts: INTEGER, window: STRING }),
      placement: object({ constraints: listOf(STRING), ...(version.atLeast('3.3') ? { preferences: listOf(object({ spread: STRING })) } : {}) }),
    },
    { id: '#/definitions/deployment', type: ['object', 'null'] },
  );
}

function thirdService(version: ComposeVersion): Schema {
  const reference = listOf(oneOf(STRING, { type: 'object', properties: { source: STRING, target: STRING, uid: STRING, gid: STRING, mode: NUMBER } }));
  const labels = labelsOf(version);
  const build = {
    context: STRING, dockerfile: STRING, args: LIST_OR_DICT,
    ...(version.atLeast('3.2') ? { labels: version.atLeast('3.3') ? labels : LIST_OR_DICT, cache_from: STRINGS } : {}),
    ...(version.atLeast('3.4') ? { network: STRING, target: STRING } : {}),
    ...(version.atLeast('3.5') ? { shm_size: INTEGER_OR_STRING } : {}),
  };
  return service({
    ...COMMON, deploy: deployment(version), build: oneOf(STRING, object(build)), labels, depends_on: STRINGS, healthcheck: healthcheck(version),
    logging: object({ driver: STRING, options: { type: 'object', patternProperties: { '^.+$': type('string', 'number', 'null') } } }),
    network_mode: STRING, networks: serviceNetworks({}), sysctls: LIST_OR_DICT, stop_grace_period: STRING, tmpfs: STRING_OR_LIST, userns_mode: STRING,
    ...(version.atLeast('3.1') ? { secrets: reference } : {}),
    ...(version.atLeast('3.2') ? { ports: LONG_PORTS, volumes: LONG_VOLUMES } : {}),
    ...(version.atLeast('3.3') ? { configs: reference, credential_spec: { type: 'object', properties: { file: STRING, registry: STRING } } as Schema } : {}),
    ...(version.atLeast('3.5') ? { isolation: STRING } : {}),
  });
}

function later(version: ComposeVersion): Schema {
  const third = version.atLeast('3.0');
  const { network, volume } = sections(version);
  const held = object({ file: STRING, external: { type: ['boolean', 'object'], properties: { name: STRING } }, labels: labelsOf(version), ...(version.atLeast('3.5') ? { name: STRING } : {}) });
  const section = (name: string, item: Schema, more: Schema = { additionalProperties: false }): Schema => ({ id: `#/properties/${name}`, type: 'object', patternProperties: { [NAME]: item }, ...more });
  const extensible = !third || version.atLeast('3.4');
  return {
    id: `config_schema_v${version.text}.json`,
    type: 'object',
    ...(third ? { required: ['version'] } : {}),
    properties: {
      version: STRING,
      services: section('services', third ? thirdService(version) : secondService(version)),
      networks: section('networks', network, {}),
      volumes: section('volumes', volume),
      ...(version.atLeast('3.1') ? { secrets: section('secrets', held) } : {}),
      ...(version.atLeast('3.3') ? { configs: section('configs', held) } : {}),
    },
    ...(extensible ? { patternProperties: { '^x-': {} } } : {}),
    additionalProperties: false,
  };
}

const VERSIONS = ['2.0', '2.1', '2.2', '2.3', '3.0', '3.1', '3.2', '3.3', '3.4', '3.5', '3.6'];

/** The schema of a version; undefined when compose 1.20.1 does not know it. */
export function schemaOf(version: ComposeVersion): Schema | undefined {
  if (version.isFirst) return FIRST;
  return VERSIONS.includes(version.text) ? later(version) : undefined;
}
