import type { DockerCommand, DockerGroup } from './cli/docker-command';
import { attach, kill, pause, rename, restart, rm, start, stop, unpause, wait } from './commands/container-control';
import { port, stats, top } from './commands/container-facts';
import { cp } from './commands/cp';
import { exec } from './commands/exec';
import { imageList, imageRemove, images, pull, rmi } from './commands/images';
import { inspect, inspectContainer, inspectImage, inspectNetwork, inspectVolume } from './commands/inspect';
import { logs } from './commands/logs';
import { networkConnect, networkCreate, networkDisconnect, networkList, networkPrune, networkRemove } from './commands/network';
import { containerList, ps } from './commands/ps';
import { create, run } from './commands/run';
import { containerPrune, events, imagePrune, info, systemDf, systemPrune, version } from './commands/system';
import { volumeCreate, volumeList, volumePrune, volumeRemove } from './commands/volume';

/** `docker COMMAND`. */
export const TOP_COMMANDS: readonly DockerCommand[] = [
  attach, cp, create, events, exec, images, info, inspect, kill, logs, pause, port, ps, pull, rename, restart, rm, rmi, run, start, stats, stop, top, unpause, version, wait,
];

/** `docker GROUP COMMAND`. */
export const GROUPS: readonly DockerGroup[] = [
  {
    name: 'container',
    short: 'Manage containers',
    commands: [attach, cp, create, exec, inspectContainer, kill, logs, containerList, pause, port, containerPrune, rename, restart, rm, run, start, stats, stop, top, unpause, wait],
  },
  { name: 'image', short: 'Manage images', commands: [inspectImage, imageList, imagePrune, pull, imageRemove] },
  { name: 'network', short: 'Manage networks', commands: [networkConnect, networkCreate, networkDisconnect, inspectNetwork, networkList, networkPrune, networkRemove] },
  { name: 'system', short: 'Manage Docker', commands: [systemDf, events, info, systemPrune] },
  { name: 'volume', short: 'Manage volumes', commands: [volumeCreate, inspectVolume, volumeList, volumePrune, volumeRemove] },
];

/** Commands that the client has and this one only names. */
export const UNSIMULATED_COMMANDS: readonly { readonly name: string; readonly short: string }[] = [
  { name: 'build', short: 'Build an image from a Dockerfile' },
  { name: 'commit', short: "Create a new image from a container's changes" },
  { name: 'diff', short: "Inspect changes to files or directories on a container's filesystem" },
  { name: 'export', short: "Export a container's filesystem as a tar archive" },
  { name: 'history', short: 'Show the history of an image' },
  { name: 'import', short: 'Import the contents from a tarball to create a filesystem image' },
  { name: 'load', short: 'Load an image from a tar archive or STDIN' },
  { name: 'login', short: 'Log in to a Docker registry' },
  { name: 'logout', short: 'Log out from a Docker registry' },
  { name: 'push', short: 'Push an image or a repository to a registry' },
  { name: 'save', short: 'Save one or more images to a tar archive (streamed to STDOUT by default)' },
  { name: 'search', short: 'Search the Docker Hub for images' },
  { name: 'tag', short: 'Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE' },
  { name: 'update', short: 'Update configuration of one or more containers' },
];

export const UNSIMULATED_GROUPS: readonly { readonly name: string; readonly short: string }[] = [
  { name: 'config', short: 'Manage Docker configs' },
  { name: 'node', short: 'Manage Swarm nodes' },
  { name: 'plugin', short: 'Manage plugins' },
  { name: 'secret', short: 'Manage Docker secrets' },
  { name: 'service', short: 'Manage services' },
  { name: 'stack', short: 'Manage Docker stacks' },
  { name: 'swarm', short: 'Manage Swarm' },
  { name: 'trust', short: 'Manage trust on Docker images' },
];
