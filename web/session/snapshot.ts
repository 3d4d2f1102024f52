import type { ClientState } from '../engine/clients/client-registry';

/**
 * What the page is told of the world, at most once a frame: plain data that can cross to another thread.
 *
 * Units: simulated time in whole us since the session began; offsets count records, `logEndOffset` is exclusive.
 */
export interface Snapshot {
  readonly nowUs: number;
  /** Milliseconds since 1970 at simulated time 0. */
  readonly startDateMs: number;
  readonly eventNumber: number;
  readonly clock: ClockSnapshot;
  readonly terminals: readonly TerminalSnapshot[];
  readonly containers: readonly ContainerSnapshot[];
  readonly zookeepers: readonly ZooKeeperSnapshot[];
  readonly brokers: readonly BrokerSnapshot[];
  readonly topics: readonly TopicSnapshot[];
  readonly groups: readonly GroupSnapshot[];
  readonly clients: readonly ClientSnapshot[];
  readonly lab: LabSnapshot | null;
  readonly timeline: TimelineSnapshot;
}

export interface ClockSnapshot {
  readonly paused: boolean;
  /** Simulated time per wall time; Infinity for "max". */
  readonly speed: number;
}

export interface TerminalSnapshot {
  /** 1 to 4. */
  readonly number: number;
  /** Hosts from the laptop inwards, such as `['laptop', 'kafka']`: where the foreground program runs. */
  readonly hosts: readonly string[];
  /** `kafka-console-producer.sh`, or `bash`. */
  readonly foregroundProgram: string;
  /** True while a key that costs simulated time waits because time is paused. */
  readonly inputWaits: boolean;
}

export interface ContainerSnapshot {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  /** Compose service, or null. */
  readonly service: string | null;
  readonly state: 'created' | 'running' | 'paused' | 'exited';
  readonly exitCode: number;
  readonly addresses: readonly string[];
  /** `0.0.0.0:9092->9092/tcp`. */
  readonly ports: readonly string[];
}

export interface ZooKeeperSnapshot {
  readonly host: string;
  readonly port: number;
  readonly running: boolean;
  readonly sessions: readonly {
    readonly id: string;
    /** `broker 1001`, `kafka-topics.sh`, or the client's host. */
    readonly owner: string;
    readonly brokerId: number | null;
    readonly timeoutMs: number;
    /** When it expires unless a heartbeat arrives. */
    readonly expiresUs: number;
    readonly connected: boolean;
  }[];
  /** Children of /brokers/ids. */
  readonly brokerIds: readonly number[];
  readonly controllerId: number | null;
  /** Number of znodes. */
  readonly znodeCount: number;
}

export interface BrokerSnapshot {
  readonly brokerId: number;
  readonly host: string;
  /** `kafka:9092`. */
  readonly advertised: string;
  readonly rack: string | null;
  readonly state: 'starting' | 'running' | 'stopping' | 'stopped';
  readonly isController: boolean;
  readonly replicas: readonly ReplicaSnapshot[];
  /** Requests that wait at this broker: long polls and acks=all. */
  readonly purgatory: readonly { readonly api: string; readonly clientId: string; readonly connectionId: string; readonly sinceUs: number; readonly partitions: readonly string[] }[];
}

export interface ReplicaSnapshot {
  readonly topic: string;
  readonly partition: number;
  readonly isLeader: boolean;
  readonly inSync: boolean;
  readonly logStartOffset: number;
  readonly highWatermark: number;
  readonly lastStableOffset: number;
  readonly logEndOffset: number;
  readonly sizeInBytes: number;
  readonly segments: readonly { readonly baseOffset: number; readonly sizeInBytes: number }[];
}

export interface TopicSnapshot {
  readonly topic: string;
  readonly isInternal: boolean;
  readonly configs: Readonly<Record<string, string>>;
  readonly partitions: readonly {
    readonly partition: number;
    /** -1 for none. */
    readonly leader: number;
    readonly leaderEpoch: number;
    readonly replicas: readonly number[];
    readonly isr: readonly number[];
    /** The newest records of the leader, oldest first; at most `RECORD_WINDOW`. */
    readonly records: readonly RecordSnapshot[];
  }[];
}

/** How many records of a partition a snapshot holds. */
export const RECORD_WINDOW = 128;
/** How many bytes of a key or a value a snapshot holds. */
export const RECORD_TEXT_BYTES = 256;

export interface RecordSnapshot {
  readonly offset: number;
  readonly timestampMs: number;
  /** Decoded as UTF-8; cut at `RECORD_TEXT_BYTES`; null is Kafka's null. */
  readonly key: string | null;
  readonly value: string | null;
  readonly keySize: number;
  readonly valueSize: number;
  readonly kind: 'data' | 'tombstone' | 'commit' | 'abort';
}

export interface GroupSnapshot {
  readonly groupId: string;
  readonly state: string;
  readonly generationId: number;
  readonly protocol: string;
  readonly coordinator: number;
  readonly members: readonly { readonly memberId: string; readonly clientId: string; readonly host: string; readonly partitions: readonly string[]; readonly isLeader: boolean }[];
  readonly offsets: readonly { readonly topic: string; readonly partition: number; readonly committedOffset: number }[];
}

/** A client as the page is told of it; `host` and `terminal` as a picture names them. */
export type ClientSnapshot = ClientState;

export interface LabSnapshot {
  readonly id: string;
  readonly steps: readonly {
    readonly met: boolean;
    /** One sentence that says what is still missing; null when met. */
    readonly differs: string | null;
  }[];
  /** Index of the first step that is not met; the number of steps when all are. */
  readonly current: number;
}

export interface TimelineSnapshot {
  /** Trace events per simulated second since the session began, in at most 240 bins of equal width. */
  readonly binUs: number;
  readonly bins: readonly number[];
  readonly marks: readonly TimelineMark[];
}

export interface TimelineMark {
  readonly timeUs: number;
  readonly kind: 'check.passed' | 'topic.created' | 'topic.deleted' | 'broker.up' | 'broker.lost' | 'leader.elected' | 'group.stable' | 'group.empty' | 'container.started' | 'container.stopped';
  readonly text: string;
}

/** A request or a response on its way between two hosts, for the picture. */
export interface Travel {
  /** Counts up; the order of sending. */
  readonly id: number;
  readonly kind: 'request' | 'response';
  readonly api: string;
  readonly connectionId: string;
  readonly clientId: string;
  readonly fromHost: string;
  readonly toHost: string;
  readonly sentUs: number;
  readonly arrivesUs: number;
  readonly sizeInBytes: number;
  readonly correlationId: number;
  /** Records carried, by partition; at most 12 records each with their keys and values. */
  readonly partitions: readonly {
    readonly topic: string;
    readonly partition: number;
    readonly recordCount: number;
    /** First offset for what was read, fetch offset for a fetch request, base offset for an acknowledgement; null when not known. */
    readonly offset: number | null;
    readonly errorCode: number;
    readonly records: readonly RecordSnapshot[];
  }[];
}

/** What crosses to the page once a frame. */
export interface Frame {
  readonly snapshot: Snapshot;
  readonly travels: readonly Travel[];
  /** How many travels there were since the last frame; more than `travels.length` when they were sampled. */
  readonly travelCount: number;
}
