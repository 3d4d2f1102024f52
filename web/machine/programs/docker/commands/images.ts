import type { DockerEngine } from '../../../docker/docker-engine';
import { DockerError } from '../../../docker/docker-error';
import { type Image, imageSizeInBytes } from '../../../docker/image';
import { parseImageReference } from '../../../docker/image-reference';
import { type DockerCommand, StatusError } from '../cli/docker-command';
import { goDate } from '../cli/container-format';
import { humanDuration, humanSize } from '../cli/human-units';
import { printList } from '../cli/list-output';
import { PullDisplay } from '../cli/pull-display';

/** `docker images`. */
export const images: DockerCommand = {
  use: 'images [OPTIONS] [REPOSITORY[:TAG]]',
  short: 'List images',
  args: { min: 0, max: 1 },
  flags: [
    { name: 'all', short: 'a', kind: 'bool', usage: 'Show all images (default hides intermediate images)' },
    { name: 'digests', kind: 'bool', usage: 'Show digests' },
    { name: 'filter', short: 'f', kind: 'list', valueName: 'filter', usage: 'Filter output based on conditions provided' },
    { name: 'format', kind: 'string', usage: 'Pretty-print images using a Go template' },
    { name: 'no-trunc', kind: 'bool', usage: "Don't truncate output" },
    { name: 'quiet', short: 'q', kind: 'bool', usage: 'Only show numeric IDs' },
  ],
  completes: 'image',
  *run({ process, engine, flags, args }) {
    const wanted = args[0];
    const list = engine.images.list().filter((image) => wanted === undefined || matches(image, wanted));
    yield* printList(process, list.map((image) => row(image, engine, flags.bool('no-trunc'))), {
      columns: [
        ['Repository', 'REPOSITORY'], ['Tag', 'TAG'],
        ...(flags.bool('digests') ? [['Digest', 'DIGEST'] as const] : []),
        ['ID', 'IMAGE ID'], ['CreatedSince', 'CREATED'], ['Size', 'SIZE'],
      ],
      moreHeads: { CreatedAt: 'CREATED AT', Digest: 'DIGEST' },
      format: flags.string('format'),
      quiet: flags.bool('quiet'),
      idField: 'ID',
    });
    return 0;
  },
};

function matches(image: Image, wanted: string): boolean {
  const { repository, tag, tagGiven } = parseImageReference(wanted);
  return image.repository === repository && (!tagGiven || image.tag === tag);
}

function row(image: Image, engine: DockerEngine, full: boolean): Record<string, string> {
  return {
    Repository: image.repository,
    Tag: image.tag,
    Digest: `sha256:${image.digest}`,
    ID: full ? `sha256:${image.id}` : image.id.slice(0, 12),
    CreatedSince: `${humanDuration((engine.sim.dateMs() - image.createdMs) / 1000)} ago`,
    CreatedAt: goDate(image.createdMs),
    Size: humanSize(imageSizeInBytes(image)),
  };
}

/** `docker pull`. */
export const pull: DockerCommand = {
  use: 'pull [OPTIONS] NAME[:TAG|@DIGEST]',
  short: 'Pull an image or a repository from a registry',
  args: { min: 1, max: 1 },
  flags: [
    { name: 'all-tags', short: 'a', kind: 'bool', usage: 'Download all tagged images in the repository' },
    { name: 'disable-content-trust', kind: 'bool', usage: 'Skip image verification', defaultValue: 'true' },
  ],
  completes: 'image',
  *run({ process, engine, args }) {
    const name = args[0] as string;
    try {
      if (!parseImageReference(name).tagGiven) yield* process.out('Using default tag: latest\n');
    } catch (error) {
      if (!(error instanceof DockerError)) throw error;
      throw new StatusError(error.message, 1);
    }
    const display = new PullDisplay(process, 1);
    yield* engine.pull(name, (event) => display.show(event));
    return 0;
  },
};

/** `docker rmi`. */
export const rmi: DockerCommand = {
  use: 'rmi [OPTIONS] IMAGE [IMAGE...]',
  short: 'Remove one or more images',
  args: { min: 1, max: Infinity },
  flags: [
    { name: 'force', short: 'f', kind: 'bool', usage: 'Force removal of the image' },
    { name: 'no-prune', kind: 'bool', usage: 'Do not delete untagged parents' },
  ],
  completes: 'image',
  *run({ process, engine, flags, args }) {
    const errors: string[] = [];
    for (const name of args) {
      try {
        for (const line of engine.images.remove(name, { force: flags.bool('force') })) yield* process.out(`${line}\n`);
      } catch (error) {
        if (!(error instanceof DockerError)) throw error;
        errors.push(`${error.status === 404 ? 'Error: ' : 'Error response from daemon: '}${error.message}`);
      }
    }
    if (errors.length > 0) throw new StatusError(errors.join('\n'), 1);
    return 0;
  },
};

export const imageList: DockerCommand = { ...images, use: 'ls [OPTIONS] [REPOSITORY[:TAG]]', aliases: ['list'] };
export const imageRemove: DockerCommand = { ...rmi, use: 'rm [OPTIONS] IMAGE [IMAGE...]', aliases: ['rmi', 'remove'] };
