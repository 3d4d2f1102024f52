import type { Image } from '../docker/image';
import { digestOf, layersOf } from './image-digest';
import { installLinux } from './linux-tools';

export const ALPINE = { prettyName: 'Alpine Linux v3.7', id: 'alpine', versionId: '3.7.0' };

export const alpine: Image = {
  repository: 'alpine',
  tag: 'latest',
  id: digestOf('alpine', '3fd9065eaf02'),
  digest: digestOf('alpine manifest', '7df6db5aa61ae9480f52f0b3a06a140a'),
  createdMs: 1_515_534_719_000,
  layers: layersOf('alpine', [[2_065, 4_150, 'ff3a5c916c92']]),
  config: { cmd: ['/bin/sh'], env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], workingDir: '/', exposedPorts: [], volumes: [] },
  install: (machine) => installLinux(machine, ALPINE),
};
