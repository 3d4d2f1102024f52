import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../session/snapshot';
import { broker, emptySnapshot, record, replica, SCENES, topic } from '../../dev/scenes';
import { NOTHING_MOVES } from '../../picture/motion';
import type { Motion } from '../../picture/motion';
import { ClusterView } from './cluster-view';
import { ClusterTable } from './cluster-table';

const command = (text: string, step: number, current = false) => ({ text, step, current });
const nextCommands = {
  cluster: command('docker-compose up', 2, true), topic: command('kafka-topics.sh --create', 3),
  producer: command('console-producer.sh', 4), consumer: command('console-consumer.sh', 4),
};

function draw(snapshot: Snapshot, motion: Motion = NOTHING_MOVES, size = { width: 960, height: 304 }, selection: string | null = null): string {
  return renderToStaticMarkup(<ClusterView {...{ snapshot, motion, selection, nextCommands, topic: null, wide: false }} {...size} keyColour={(key) => (key === null ? 0 : 1)} />);
}

const count = (svg: string, what: string) => svg.split(what).length - 1;

describe('the Cluster view', () => {
  it('says before anything runs what will appear and which command makes it', () => {
    const svg = draw(emptySnapshot(0));
    for (const text of ['Nothing is running yet', 'docker-compose up', 'kafka-topics.sh --create', 'console-producer.sh', 'console-consumer.sh']) expect(svg).toContain(text);
  });

  it('keeps the outlines of what is still missing', () => {
    const svg = draw(SCENES['broker']!().frame.snapshot);
    expect(svg).toContain('broker 1001');
    expect(svg).toContain('kafka-topics.sh --create');
    expect(svg).toContain('writes records');
    expect(svg).not.toContain('Nothing is running yet');
  });

  it('draws a record a cell, the next offset, and the marks with their values', () => {
    const svg = draw(SCENES['produce']!().frame.snapshot);
    expect(count(svg, 'data-select="record:helloworld:0:')).toBe(3);
    for (const text of ['high watermark 3', 'log end offset 3', 'position 3', 'committed 2', '/controller ', 'ISR 1001']) expect(svg).toContain(text);
  });

  it('draws a record on its way with its value beside it', () => {
    const { frame } = SCENES['produce']!();
    const svg = draw(frame.snapshot, { ...NOTHING_MOVES, packets: [{ travel: frame.travels[0]!, records: 1, progress: 0.5, landing: 0 }] });
    expect(svg).toContain('data-testid="travel"');
    expect(svg).toContain('“Hello again”');
  });

  it('draws no packet for those who asked for less motion', () => {
    const { frame } = SCENES['produce']!();
    const svg = draw(frame.snapshot, { ...NOTHING_MOVES, still: true, packets: [{ travel: frame.travels[0]!, records: 1, progress: 0.5, landing: 0 }] });
    expect(svg).not.toContain('data-testid="travel"');
  });

  it('shows a window that ends at the log end when the log is longer than the card', () => {
    const records = Array.from({ length: 128 }, (_, index) => record(872 + index, `value ${index}`));
    const snapshot: Snapshot = { ...SCENES['produce']!().frame.snapshot, topics: [topic('long', [records])], brokers: [broker(1001, [replica('long', 0, 1000)])] };
    const svg = draw(snapshot);
    expect(svg).toContain('record:long:0:999');
    expect(svg).not.toContain('record:long:0:900"');
    expect(svg).toContain('HW 1,000');
  });

  it('gives many partitions bars, and never draws outside its height', () => {
    const records = [record(0, 'x')];
    const snapshot: Snapshot = { ...SCENES['produce']!().frame.snapshot, topics: [topic('many', Array.from({ length: 24 }, () => records))], brokers: [broker(1001, Array.from({ length: 24 }, (_, partition) => replica('many', partition, 1)))] };
    const svg = draw(snapshot);
    expect(svg).toContain('many-23');
    expect(Number(/height="([\d.]+)"/.exec(svg)![1])).toBeGreaterThan(24 * 20);
  });

  it('hatches what is out of the ISR and outlines what a stopped broker holds', () => {
    const svg = draw(SCENES['three']!().frame.snapshot, NOTHING_MOVES, { width: 1232, height: 424 });
    expect(svg).toContain('out of the ISR');
    expect(svg).toContain('url(#hatch)');
    expect(svg).toContain('2.6 s left, broker 2');
    expect(svg).toContain('cannot reach 2');
  });

  it('marks what is selected and names it for those who hear it', () => {
    const svg = draw(SCENES['produce']!().frame.snapshot, NOTHING_MOVES, { width: 960, height: 304 }, 'broker:1001');
    expect(svg).toMatch(/class="target selected"[^>]*aria-pressed="true" data-select="broker:1001"/);
    expect(svg).toContain('aria-label="broker 1001, running, controller"');
  });

  it('has a table that says the same', () => {
    const html = renderToStaticMarkup(<ClusterTable snapshot={SCENES['produce']!().frame.snapshot} />);
    for (const text of ['broker 1001', 'helloworld-0', 'leader', 'kafka-console-producer.sh', 'zookeeper:2181']) expect(html).toContain(text);
  });
});
