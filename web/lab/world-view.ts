/**
 * All that a lab may ask of the world. Whoever runs a session implements it; a check never sees what was typed.
 */
export interface WorldView {
  /** `name:tag` of the images that the laptop holds. */
  images(): readonly string[];
  containers(): readonly ContainerView[];
  /** Ids of the brokers that are registered in a running ZooKeeper. */
  brokers(): readonly number[];
  topics(): readonly TopicView[];
  groups(): readonly GroupView[];
  /** Records that console and other consumers were handed, by topic, since the session began. */
  recordsConsumed(topic: string): number;
  /** Every program that ran, oldest first; those that still run have no exit code. */
  programs(): readonly ProgramView[];
}

export interface ContainerView {
  readonly name: string;
  readonly image: string;
  readonly service: string | null;
  readonly state: 'created' | 'running' | 'paused' | 'exited';
}

export interface TopicView {
  readonly name: string;
  readonly replicationFactor: number;
  readonly partitions: readonly { readonly partition: number; readonly leader: number; readonly records: number }[];
}

export interface GroupView {
  readonly groupId: string;
  readonly state: string;
  readonly members: number;
}

export interface ProgramView {
  /** `laptop`, or a container's service or host name. */
  readonly host: string;
  /** Last part of the program's path. */
  readonly program: string;
  readonly args: readonly string[];
  readonly exitCode: number | null;
  /** What it wrote to standard output and error: its beginning and its end. */
  readonly printed: string;
}
