import { HatchPattern, Ghost } from '../../drawing/cluster-pieces';
import { Cell } from '../../drawing/cell';
import { Label } from '../../drawing/svg-text';
import { chooseTapeSize, TAPE_SIZES, tapeScale } from '../../drawing/tape-scale';
import type { TapeSize } from '../../drawing/tape-scale';
import { textWidth } from '../../drawing/text-width';
import type { TopicSnapshot } from '../../../session/snapshot';
import { Chip } from '../../drawing/chip';
import type { ViewProps } from '../../drawing/view';
import { Legend } from './legend';
import { TopicHeading } from './topic-heading';
import { PartitionBlock } from './partition-block';
import { groupLanes, laneText, MOST_LANES } from './topic-lanes';
import type { GroupLane } from './topic-lanes';
import { topicSizes } from './topic-sizes';
import type { TopicSizes } from './topic-sizes';

/** A larger cell is better as long as so many offsets are seen. */
const WANTED_OFFSETS = 16;

/** What is in the log? Each partition of one topic as a tape with every mark that it carries. */
export function TopicView(props: ViewProps) {
  const { snapshot, width, height, wide } = props;
  const sizes = topicSizes(wide);
  const topics = snapshot.topics.filter((topic) => !topic.isInternal);
  const topic = topics.find((other) => other.topic === props.topic) ?? topics[topics.length - 1];
  if (!topic) return <NoTopic {...props} sizes={sizes} />;
  const lanes = topic.partitions.map(({ partition }) => groupLanes({ topic: topic.topic, partition }, snapshot.groups, snapshot.clients));
  const laneCount = Math.min(MOST_LANES, Math.max(0, ...lanes.map((list) => list.length)));
  const left = nameWidth(topic, lanes.flat(), sizes);
  const inside = width - 2 * sizes.pad - left - (laneCount > 0 ? laneWords(lanes.flat(), sizes) : 96);
  const below = laneCount > 0 ? sizes.laneDown + (laneCount - 0.5) * sizes.lane : sizes.rulerDown + sizes.lead / 2;
  const pitchOf = (cells: TapeSize) => sizes.marks + cells.height + below + sizes.between;
  const heightOf = (cells: TapeSize) => sizes.first + topic.partitions.length * pitchOf(cells) - sizes.between + sizes.lead / 2;
  const legend = sizes.legend + sizes.lead / 2;
  const withLegend = sizes.tapes.filter((name) => heightOf(TAPE_SIZES[name]) + legend <= height);
  const fitting = withLegend.length > 0 ? withLegend : sizes.tapes.filter((name) => heightOf(TAPE_SIZES[name]) <= height);
  const size = chooseTapeSize(fitting.length > 0 ? fitting : sizes.tapes.slice(-1), inside, Math.min(WANTED_OFFSETS, longestLog(topic, snapshot.brokers)));
  const pitch = pitchOf(size);
  const needed = heightOf(size);
  const hasLegend = needed + legend <= height;
  return (
    <svg className="draw" width={width} height={Math.max(height, needed)} role="group" aria-label={`Topic view: ${topic.topic} with ${topic.partitions.length} partitions`}>
      <HatchPattern />
      <TopicHeading {...props} topics={topics} shown={topic} sizes={sizes} />
      {topic.partitions.map((partition, index) => (
        <PartitionBlock key={partition.partition} {...props} topicName={topic.topic} partition={partition} lanes={lanes[index]!.slice(0, MOST_LANES)}
          y={sizes.first + index * pitch} first={index === 0} size={size} inside={inside} sizes={{ ...sizes, left }} />
      ))}
      {hasLegend && <Legend topic={topic} hasGroups={laneCount > 0} mid={height - sizes.legend} sizes={sizes} />}
    </svg>
  );
}

/** Room in px for what the groups' lanes say at their right end. */
function laneWords(lanes: readonly GroupLane[], sizes: TopicSizes): number {
  return Math.max(...lanes.map((lane) => textWidth(`${laneText(lane)}   lag 100,000`, sizes.fontSize, 600))) + 24;
}

/** Room in px for the names of partitions and groups, left of the tapes. */
function nameWidth(topic: TopicSnapshot, lanes: readonly GroupLane[], sizes: TopicSizes): number {
  const names = [textWidth(`${topic.topic}-${topic.partitions.length}`, sizes.bodySize, 600), ...lanes.map(({ groupId }) => textWidth(groupId, sizes.fontSize))];
  return Math.round(Math.max(sizes.left, Math.min(sizes.left * 2, Math.max(...names) + 20)));
}

function longestLog(topic: TopicSnapshot, brokers: ViewProps['snapshot']['brokers']): number {
  let longest = 6;
  for (const broker of brokers) {
    for (const replica of broker.replicas) if (replica.topic === topic.topic) longest = Math.max(longest, replica.logEndOffset - replica.logStartOffset);
  }
  return longest;
}

/** The outline of a topic, and the command that makes one. */
function NoTopic({ width, height, wide, nextCommands, sizes }: ViewProps & { sizes: TopicSizes }) {
  const size = TAPE_SIZES[wide ? 'XXL' : 'XL'];
  const cells = Math.max(3, Math.min(12, Math.floor((width - 2 * sizes.pad - 160) / size.pitch)));
  const box = { x: (width - cells * size.pitch - 64) / 2, y: Math.max(72, height / 2 - size.height * 1.6), width: cells * size.pitch + 64, height: size.height * 3 };
  const tape = tapeScale({ x: box.x + 32, y: box.y + size.height, size, from: 0 });
  return (
    <svg className="draw" width={width} height={Math.max(height, box.y + box.height + 16)} role="img" aria-label={`No topic yet. ${nextCommands.topic.text} makes one.`}>
      <Label x={width / 2} mid={box.y - sizes.lead * 2.6} text="No topic yet" cls="t-title w6" anchor="middle" />
      <Label x={width / 2} mid={box.y - sizes.lead * 1.4} text="A topic is one or more partitions; each keeps its records in the order in which they came." cls="t-label c-2" anchor="middle" />
      <Ghost box={box} />
      {Array.from({ length: cells }, (_, offset) => (
        <g key={offset}>
          <Cell tape={tape} offset={offset} kind="empty" />
          <Label x={tape.left(offset) + tape.cell / 2} mid={tape.bottom + sizes.lead / 2 + 4} text={offset} cls="t-label t-num c-3" anchor="middle" />
        </g>
      ))}
      <Chip command={nextCommands.topic} x={box.x + 24} mid={box.y} sizes={sizes} />
    </svg>
  );
}
