import { describe, expect, it } from 'vitest';
import { TestCluster } from './test-cluster';

/** Events per simulated second, over 20 seconds. */
function busyness(cluster: TestCluster): number {
  const before = cluster.sim.eventNumber;
  cluster.sim.run(cluster.sim.nowUs + 20_000_000, 200_000);
  return (cluster.sim.eventNumber - before) / 20;
}

function threeBrokers(): TestCluster {
  const cluster = new TestCluster(3).startAll();
  cluster.createTopic('t', 6, 3);
  return cluster;
}

describe('A cluster in trouble does not spin', () => {
  it('while a broker is dead', () => {
    const cluster = threeBrokers();
    const idle = busyness(cluster);
    cluster.kill(3);
    expect(busyness(cluster)).toBeLessThan(3 * idle);
    expect(busyness(cluster)).toBeLessThan(2 * idle);
  });

  it('while the controller is dead', () => {
    const cluster = threeBrokers();
    const idle = busyness(cluster);
    cluster.kill(1);
    expect(busyness(cluster)).toBeLessThan(3 * idle);
  });

  it('while a broker and the controller cannot reach each other', () => {
    const cluster = threeBrokers();
    const idle = busyness(cluster);
    cluster.network.cut(cluster.host('kafka1'), cluster.host('kafka3'));
    expect(busyness(cluster)).toBeLessThan(3 * idle);
    cluster.createTopic('u', 3, 3);
    expect(busyness(cluster)).toBeLessThan(3 * idle);
  });

  it('while ZooKeeper cannot be reached', () => {
    const cluster = threeBrokers();
    const idle = busyness(cluster);
    for (const id of [1, 2, 3]) cluster.network.cut(cluster.host(`kafka${id}`), cluster.host('zookeeper'));
    expect(busyness(cluster)).toBeLessThan(2 * idle);
  });

  it('while ZooKeeper is dead', () => {
    const cluster = threeBrokers();
    const idle = busyness(cluster);
    cluster.killZooKeeper();
    expect(busyness(cluster)).toBeLessThan(2 * idle);
    cluster.kill(3);
    console.log(idle, busyness(cluster));
    expect(busyness(cluster)).toBeLessThan(3 * idle);
  });
});
