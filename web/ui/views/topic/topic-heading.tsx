import type { TopicSnapshot } from '../../../session/snapshot';
import { Label } from '../../drawing/svg-text';
import { fitText, sideBySide, textWidth } from '../../drawing/text-width';
import type { ViewProps } from '../../drawing/view';
import type { TopicSizes } from './topic-sizes';

/** Keys beyond the hues that there are would repeat a colour. */
const MOST_KEYS = 12;
const KEY_WIDTH = 90;

type HeadingProps = ViewProps & { readonly topics: readonly TopicSnapshot[]; readonly shown: TopicSnapshot; readonly sizes: TopicSizes };

/** The topic's name and settings, the other topics to go to, and the keys with their colours. */
export function TopicHeading(props: HeadingProps) {
  const { topics, shown, sizes, width, keyColour } = props;
  const { pad, lead, fontSize, titleSize } = sizes;
  const mid = sizes.top + lead / 2;
  const subX = pad + textWidth(shown.topic, titleSize, 600) + 16;
  const sub = settingsOf(shown);
  const keys = keysOf(shown).map((key) => ({ key, word: fitText(key, KEY_WIDTH, fontSize) }));
  const keyGap = 10 * sizes.k;
  const keyWidths = keys.map(({ word }) => sizes.swatch + 4 + textWidth(word, fontSize) + keyGap);
  const keysX = width - pad - keyWidths.reduce((sum, each) => sum + each, 0) + keyGap;
  const keyPlaces = sideBySide(keyWidths, keysX);
  const others = topics.filter((other) => other !== shown);
  const otherPlaces = sideBySide(others.map((other) => textWidth(other.topic, fontSize) + 16), subX + textWidth(sub, fontSize) + 24);
  return (
    <>
      <Label x={pad} mid={mid} text={shown.topic} cls="t-title w6" />
      <Label x={subX} mid={mid + 1} text={sub} cls="t-label c-2" />
      {others.map(({ topic }, index) => {
        const x = otherPlaces[index]!;
        const wide = textWidth(topic, fontSize);
        if (x + wide > keysX - 16) return null;
        return (
          <g key={topic}>
            <Label x={x} mid={mid + 1} text={topic} cls="t-label c-accent" />
            <rect className="target" x={x - 4} y={mid - lead / 2 - 1} width={wide + 8} height={lead + 4} rx={4} role="button" tabIndex={0}
              aria-label={`Show topic ${topic}`} data-show-topic={topic} />
          </g>
        );
      })}
      {keys.map(({ key, word }, index) => (
        <g key={key}>
          <rect x={keyPlaces[index]!} y={mid - sizes.swatch / 2} width={sizes.swatch} height={sizes.swatch} rx={2} fill={`var(--key-${keyColour(key)})`} />
          <Label x={keyPlaces[index]! + sizes.swatch + 4} mid={mid} text={word} cls="t-label c-2" />
        </g>
      ))}
    </>
  );
}

function settingsOf({ partitions, configs }: TopicSnapshot): string {
  const count = partitions.length;
  return [
    `${count} ${count === 1 ? 'partition' : 'partitions'}`,
    `replication factor ${partitions[0]?.replicas.length ?? 0}`,
    ...Object.entries(configs).map(([name, value]) => `${name} ${value}`),
  ].join(', ');
}

function keysOf({ partitions }: TopicSnapshot): string[] {
  const keys = new Set(partitions.flatMap((partition) => partition.records.map((record) => record.key)));
  return [...keys].filter((key): key is string => key !== null).slice(0, MOST_KEYS);
}
