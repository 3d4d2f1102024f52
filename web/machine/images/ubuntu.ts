import type { Image } from '../docker/image';
import { digestOf, layersOf } from './image-digest';
import { installLinux } from './linux-tools';

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const BASHRC = "PS1='\\u@\\h:\\w\\$ '\n";

export const ubuntu: Image = {
  repository: 'ubuntu',
  tag: 'latest',
  id: digestOf('ubuntu', '113a43faa138'),
  digest: digestOf('ubuntu manifest', '5f4bdc3467537cbbe563e80db2c3ec95d548a9145d64453b06939c4592d67b6d'),
  createdMs: 1_528_236_800_000,
  layers: layersOf('ubuntu', [[31_200, 79_600, '6b98dfc16071'], [0.843, 0.745, '4001a1209541'], [0.515, 7.01, '6319fc68c576'], [0.853, 0, 'b24603670dc3'], [0.17, 1.56, '97f170c87c6f']]),
  config: { cmd: ['/bin/bash'], env: [PATH], workingDir: '/', exposedPorts: [], volumes: [] },
  install(machine) {
    installLinux(machine, { prettyName: 'Ubuntu 18.04 LTS', id: 'ubuntu', versionId: '18.04' });
    machine.files.writeFile('/root/.bashrc', BASHRC);
    machine.files.writeFile('/etc/bash.bashrc', BASHRC);
  },
};
