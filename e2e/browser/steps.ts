import { expect, type Page } from '@playwright/test';

export const LAB_COMMANDS = {
  create: 'docker-compose exec kafka /opt/kafka/bin/kafka-topics.sh --create --zookeeper zookeeper:2181 --replication-factor 1 --partitions 1 --topic helloworld',
  produce: 'docker-compose exec kafka /opt/kafka/bin/kafka-console-producer.sh --broker-list kafka:9092 --topic helloworld',
  consume: 'docker-compose exec kafka /opt/kafka/bin/kafka-console-consumer.sh --bootstrap-server kafka:9092 --topic helloworld --from-beginning',
} as const;
export const MESSAGES = ['Hello World!', 'This is a test message', 'This is another message that will show up at the consumer'] as const;
export const PROMPT = '01-Verify-Installation$';

/** What a student sees and does in the page, for the tests. */
export class Student {
  constructor(readonly page: Page) {}

  terminal(number: number) {
    return this.page.getByTestId(`terminal-${number}`);
  }

  /** Opens the page and waits for the first prompt. */
  async open(url = './'): Promise<void> {
    await this.page.goto(url);
    await this.sees(1, PROMPT);
  }

  async focus(number: number): Promise<void> {
    await this.terminal(number).locator('.xterm-helper-textarea').focus();
  }

  async type(number: number, text: string): Promise<void> {
    await this.focus(number);
    await this.page.keyboard.type(text);
    await this.page.keyboard.press('Enter');
  }

  async press(number: number, key: string): Promise<void> {
    await this.focus(number);
    await this.page.keyboard.press(key);
  }

  /** Waits until a terminal shows a text; how lines are broken does not count. */
  async sees(number: number, text: string, timeout = 60_000): Promise<void> {
    const wanted = text.replaceAll(/\s+/g, '');
    await expect
      .poll(async () => (await this.screen(number)).replaceAll(/\s+/g, ''), { timeout, intervals: [50, 100, 200], message: `terminal ${number} shows ${text}` })
      .toContain(wanted);
  }

  /** Waits until a cleared terminal shows a prompt and nothing else. */
  async seesOnlyPrompt(number: number, timeout = 60_000): Promise<void> {
    await expect.poll(async () => (await this.screen(number)).trim(), { timeout, message: `terminal ${number} is clear` }).toBe(`laptop:${PROMPT}`);
  }

  async screen(number: number): Promise<string> {
    const rows = this.terminal(number).locator('.xterm-rows');
    return (await rows.count()) === 0 ? '' : (await rows.innerText()).replaceAll('\u00a0', ' ');
  }

  async stepIsDone(number: number, timeout = 30_000): Promise<void> {
    await expect(this.page.getByTestId(`step-${number}`)).toHaveAttribute('data-state', 'done', { timeout });
  }

  async addTerminal(number: number): Promise<void> {
    await this.page.getByRole('button', { name: /new terminal|add a terminal|open a terminal/i }).first().click();
    await this.sees(number, PROMPT);
  }
}

/** The lab up to a running producer and consumer, typed in three terminals. */
export async function doLabUpToRecords(student: Student): Promise<void> {
  await student.type(1, 'docker -v');
  await student.sees(1, 'Docker version 18.03.0-ce');
  await student.type(1, 'docker run hello-world');
  await student.sees(1, 'https://docs.docker.com/engine/userguide/');
  await student.stepIsDone(1);
  await student.type(1, 'docker-compose up');
  await student.sees(1, '[KafkaServer id=1001] started', 120_000);
  await student.stepIsDone(2);
  await student.addTerminal(2);
  await student.type(2, LAB_COMMANDS.create);
  await student.sees(2, 'Created topic "helloworld".');
  await student.stepIsDone(3);
  await student.type(2, LAB_COMMANDS.produce);
  await student.sees(2, '\n>');
  await student.addTerminal(3);
  await student.type(3, LAB_COMMANDS.consume);
}

export async function sendMessages(student: Student): Promise<void> {
  for (const message of MESSAGES) {
    await student.type(2, message);
    await student.sees(3, message);
  }
}

export async function shutDown(student: Student): Promise<void> {
  await student.press(3, 'Control+c');
  await student.sees(3, 'Processed a total of');
  await student.press(2, 'Control+c');
  await student.sees(2, PROMPT);
  await student.type(2, 'docker-compose down');
  await student.sees(2, 'Removing network 01verifyinstallation_default', 60_000);
  await student.stepIsDone(5);
}
