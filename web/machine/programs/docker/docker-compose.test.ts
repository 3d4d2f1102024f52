import { expect, test } from 'vitest';
import { TestLaptop } from '../../images/testing';

const LAB = `version: '2'
services:
  zookeeper:
    image: wurstmeister/zookeeper:3.4.6
    ports:
      - 2181:2181
  kafka:
    image: wurstmeister/kafka:1.1.0
    environment:
      KAFKA_LISTENERS: PLAINTEXT://kafka:9092
      KAFKA_ZOOKEEPER_CONNECT: zookeeper:2181
    ports:
      - 9092:9092
`;
const BOXES = `version: '2'
services:
  one:
    image: alpine
    command: sleep 1000
  two:
    image: alpine
    command: sleep 1000
    depends_on: [one]
`;

test('up -d brings up a broker that registers, down takes all away', () => {
  const laptop = new TestLaptop(LAB);
  const up = laptop.run('docker-compose up -d', 60);
  expect(up.stderr).toMatch(/^Creating network "lab_default" with the default driver\nPulling zookeeper \(wurstmeister\/zookeeper:3\.4\.6\)\.\.\.\n/);
  expect(laptop.run('docker-compose logs kafka | grep -c "\\[KafkaServer id=1001\\] started"', 5).stdout).toBe('1\n');
  expect(laptop.run('docker-compose exec -T kafka kafka-topics.sh --zookeeper zookeeper:2181 --create --topic t --partitions 1 --replication-factor 1', 10).stdout).toBe('Created topic "t".\n');
  laptop.run('docker-compose down', 30);
  expect(laptop.docker.containers).toEqual([]);
  expect(laptop.run('docker-compose down', 10).stderr).toBe('Removing network lab_default\nNetwork lab_default not found.\n');
});

test('a killed broker that comes back before ZooKeeper has expired its session fails, later it starts', () => {
  const laptop = new TestLaptop(LAB);
  laptop.run('docker-compose up -d', 60);
  laptop.run('docker-compose kill kafka; docker-compose start kafka', 15);
  expect(laptop.run('docker-compose ps kafka', 5).stdout).toContain('Exit 1');
  laptop.run('docker-compose start kafka', 15);
  expect(laptop.run('docker-compose ps kafka', 5).stdout).toMatch(/ Up /);
});

test('a changed file recreates what changed, and what depends on it', () => {
  const laptop = new TestLaptop(BOXES);
  laptop.run('docker-compose up -d', 30);
  const before = laptop.run('docker-compose ps -q', 5).stdout;
  expect(laptop.run('docker-compose up -d', 10).stderr).toBe('lab_one_1 is up-to-date\nlab_two_1 is up-to-date\n');
  laptop.run("sed -i 's/sleep 1000/sleep 2000/' docker-compose.yml", 5);
  const again = laptop.run('docker-compose up -d', 40);
  expect(again.stderr).toContain('Recreating lab_one_1 ... ');
  expect(again.stderr).toContain('Recreating lab_two_1 ... ');
  expect(laptop.run('docker-compose ps -q', 5).stdout).not.toBe(before);
});

test('a scaled service with a fixed port clashes with itself', () => {
  const laptop = new TestLaptop(BOXES.replace('two:', 'two:\n    ports: ["8080:80"]'));
  laptop.run('docker-compose up -d', 30);
  const scaled = laptop.run('docker-compose up -d --scale two=2', 15);
  expect(scaled.code).toBe(1);
  expect(scaled.stderr).toContain('ERROR: for lab_two_2  Cannot start service two: driver failed programming external connectivity on endpoint lab_two_2 (');
  expect(scaled.stderr).toMatch(/Encountered errors while bringing up the project\.\n$/);
});

test('Ctrl+C stops what up shows, a second one kills it', () => {
  const laptop = new TestLaptop(BOXES);
  laptop.run('docker-compose pull', 20);
  const terminal = laptop.terminal();
  terminal.type('docker-compose up\r', 5);
  terminal.type('\x03', 1);
  expect(terminal.text).toContain('^CGracefully stopping... (press Ctrl+C again to force)\r\nStopping lab_two_1 ... ');
  terminal.type('\x03', 2);
  terminal.type('echo rc=$?\r', 1);
  expect(terminal.text).toMatch(/Killing lab_two_1 {2}\.\.\. [\s\S]*rc=2\r\n/);
});

test('lines of several containers are told apart', () => {
  const laptop = new TestLaptop("version: '2'\nservices:\n  a:\n    image: alpine\n    command: echo one\n  longer:\n    image: alpine\n    command: sh -c 'echo two; exit 4'\n");
  const { stdout } = laptop.run('docker-compose up --no-color', 30);
  expect(stdout).toContain('a_1       | one\n');
  expect(stdout).toContain('longer_1  | two\n');
  expect(stdout).toContain('lab_longer_1 exited with code 4\n');
});

test('more services than memory can hold end in killed brokers, not in a stuck laptop', () => {
  const services = Array.from({ length: 40 }, (_unused, index) => `  k${index}:\n    image: wurstmeister/kafka:1.1.0\n    environment: {KAFKA_LISTENERS: 'PLAINTEXT://:9092', KAFKA_ZOOKEEPER_CONNECT: 'nowhere:2181'}\n`);
  const laptop = new TestLaptop(`version: '2'\nservices:\n${services.join('')}`);
  laptop.run('docker-compose up -d', 60);
  expect(laptop.docker.containers.filter((each) => each.exitCode === 137).length).toBeGreaterThan(10);
  expect(laptop.run('echo works', 5).stdout).toBe('works\n');
});
