import { expect, test } from 'vitest';
import { TestLaptop } from '../../images/testing';

test('hello-world is pulled once and says hello twice', () => {
  const laptop = new TestLaptop();
  const first = laptop.run('docker run hello-world');
  expect(first.stderr).toContain("Unable to find image 'hello-world:latest' locally\nlatest: Pulling from library/hello-world\n");
  expect(first.stdout).toMatch(/^\nHello from Docker!\n/);
  const second = laptop.run('docker run hello-world');
  expect([second.stderr, second.code]).toEqual(['', 0]);
  expect(second.stdout).toBe(first.stdout);
});

test('exit codes: the command, a missing one, a missing image, wrong use', () => {
  const laptop = new TestLaptop();
  laptop.run('docker pull ubuntu');
  expect(laptop.run("docker run ubuntu sh -c 'exit 3'").code).toBe(3);
  expect(laptop.run('docker run ubuntu nosuch').code).toBe(127);
  expect(laptop.run('docker run nosuch').code).toBe(125);
  expect(laptop.run('docker run --nosuch ubuntu')).toMatchObject({ code: 125, stderr: "unknown flag: --nosuch\nSee 'docker run --help'.\n" });
  expect(laptop.run('docker stop').stderr).toContain('"docker stop" requires at least 1 argument.\n');
});

test('standard input, output and error go through a container', () => {
  const laptop = new TestLaptop();
  laptop.run('docker pull ubuntu');
  expect(laptop.run('printf "b\\na\\n" | docker run -i --rm ubuntu sort').stdout).toBe('a\nb\n');
  expect(laptop.run("docker run --rm ubuntu sh -c 'echo out; echo err >&2'")).toMatchObject({ stdout: 'out\n', stderr: 'err\n' });
  laptop.run('docker run -d --name box ubuntu sleep 1000', 5);
  expect(laptop.run('seq 100000 | docker exec -i box wc -l', 20).stdout.trim()).toBe('100000');
  expect(laptop.run("docker exec box sh -c 'exit 7'", 5).code).toBe(7);
});

test('docker ps shows what runs, and a template what is asked for', () => {
  const laptop = new TestLaptop();
  laptop.run('docker pull alpine; docker run -d --name box -p 8080:80 alpine sleep 1000', 30);
  const { stdout } = laptop.run('docker ps', 5);
  expect(stdout.split('\n')[0]).toBe('CONTAINER ID        IMAGE               COMMAND             CREATED             STATUS              PORTS                  NAMES');
  expect(laptop.run("docker ps --format '{{.Names}}: {{.Ports}}'", 5).stdout).toBe('box: 0.0.0.0:8080->80/tcp\n');
  expect(laptop.run("docker inspect -f '{{.State.Status}} {{range $k, $v := .NetworkSettings.Networks}}{{$k}} {{$v.IPAddress}}{{end}}' box", 5).stdout).toBe('running bridge 172.17.0.2\n');
});

test('a shell in a container has a terminal: Ctrl+C reaches the command, Ctrl+P Ctrl+Q leaves it running', () => {
  const laptop = new TestLaptop();
  laptop.run('docker pull ubuntu');
  const terminal = laptop.terminal();
  terminal.type('docker run -it --name box ubuntu bash\r', 3);
  terminal.type('sleep 1000\r', 2);
  terminal.type('\x03', 1);
  terminal.type('echo "<$(hostname)>"\r', 1);
  expect(terminal.text).toMatch(/\^C[\s\S]*<[0-9a-f]{12}>/);
  terminal.type('\x10\x11', 1);
  terminal.type("docker ps --format '{{.Names}} is up'\r", 2);
  expect(terminal.text).toContain('box is up');
});
