import type { Image } from '../docker/image';
import type { Program } from '../os/program';
import { digestOf, layersOf } from './image-digest';

const TEXT = `
Hello from Docker!
This message shows that your installation appears to be working correctly.

To generate this message, Docker took the following steps:
 1. The Docker client contacted the Docker daemon.
 2. The Docker daemon pulled the "hello-world" image from the Docker Hub.
    (amd64)
 3. The Docker daemon created a new container from that image which runs the
    executable that produces the output you are currently reading.
 4. The Docker daemon streamed that output to the Docker client, which sent it
    to your terminal.

To try something more ambitious, you can run an Ubuntu container with:
 $ docker run -it ubuntu bash

Share images, automate workflows, and more with a free Docker ID:
 https://hub.docker.com/

For more examples and ideas, visit:
 https://docs.docker.com/engine/userguide/

`;

/** The only file of the image: prints its greeting. */
const hello: Program = {
  name: 'hello',
  *main(process) {
    yield* process.out(TEXT);
    return 0;
  },
};

export const helloWorld: Image = {
  repository: 'hello-world',
  tag: 'latest',
  id: digestOf('hello-world', 'e38bc07ac18e'),
  digest: digestOf('hello-world manifest', 'f5233545e43561214ca4891fd1157e1c'),
  createdMs: 1_523_464_348_000,
  layers: layersOf('hello-world', [[0.977, 1.848, '9bb5a5d4561a']]),
  config: { cmd: ['/hello'], env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], workingDir: '/', exposedPorts: [], volumes: [] },
  install: (machine) => machine.files.installProgram('/hello', hello),
};
