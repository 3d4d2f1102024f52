import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../session/snapshot';
import { emptySnapshot, SCENES } from '../../dev/scenes';
import { NOTHING_MOVES } from '../../picture/motion';
import { groupLanes, lagOf } from './topic-lanes';
import { TopicTable } from './topic-table';
import { TopicView } from './topic-view';

const command = (text: string) => ({ text, step: null, current: false });
const nextCommands = { cluster: command('docker-compose up'), topic: command('kafka-topics.sh --create'), producer: command('p'), consumer: command('c') };

function draw(snapshot: Snapshot, topic: string | null = null): string {
  return renderToStaticMarkup(<TopicView {...{ snapshot, motion: NOTHING_MOVES, selection: null, nextCommands, topic, wide: false, width: 1232, height: 448 }} keyColour={(key) => (key === null ? 0 : key.length)} />);
}

describe('the Topic view', () => {
  it('says without a topic which command makes one', () => {
    const svg = draw(emptySnapshot(0));
    expect(svg).toContain('No topic yet');
    expect(svg).toContain('kafka-topics.sh --create');
  });

  it('draws each partition with its marks and each group with its lag', () => {
    const svg = draw(SCENES['topic']!().frame.snapshot);
    for (const text of ['accounts-0', 'accounts-1', 'accounts-2', 'log start 0', 'high watermark 23', 'log end 24', 'billing', 'audit', 'lag 2']) expect(svg).toContain(text);
  });

  it('shows a tombstone as such and explains the shape', () => {
    const svg = draw(SCENES['topic']!().frame.snapshot);
    expect(svg).toContain('null, a tombstone');
    expect(svg).toContain('>tombstone<');
  });

  it('gives keys their colours and names them', () => {
    const svg = draw(SCENES['topic']!().frame.snapshot);
    expect(svg).toContain('alice');
    expect(svg).toContain('var(--key-5)');
  });

  it('counts lag as the tools do: high watermark minus committed', () => {
    expect(lagOf({ groupId: 'g', committed: 17, position: 20 }, 23)).toBe(6);
    expect(lagOf({ groupId: 'g', committed: null, position: 3 }, 23)).toBeNull();
  });

  it('puts groups with members first', () => {
    const { groups, clients } = SCENES['topic']!().frame.snapshot;
    const idle = groups.map((group) => ({ ...group, members: group.groupId === 'audit' ? group.members : [] }));
    expect(groupLanes({ topic: 'accounts', partition: 0 }, idle, clients).map(({ groupId }) => groupId)).toEqual(['audit', 'billing']);
  });

  it('has a table with every record that is drawn', () => {
    const html = renderToStaticMarkup(<TopicTable snapshot={SCENES['produce']!().frame.snapshot} />);
    expect(html).toContain('This is a test message');
    expect(html).toContain('log end offset 3');
  });
});
