import { expect, type Page } from '@playwright/test';

/** What a student sees and does in the page, for the tests. */
export class Student {
  constructor(readonly page: Page) {}

  terminal(number: number) {
    return this.page.getByTestId(`terminal-${number}`);
  }

  /** Opens the page and waits for the first prompt. */
  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.sees(1, '01-Verify-Installation$');
  }

  async focus(number: number): Promise<void> {
    await this.terminal(number).locator('.xterm-helper-textarea').focus();
  }

  async type(number: number, text: string): Promise<void> {
    await this.focus(number);
    await this.page.keyboard.type(text, { delay: 1 });
    await this.page.keyboard.press('Enter');
  }

  async press(number: number, key: string): Promise<void> {
    await this.focus(number);
    await this.page.keyboard.press(key);
  }

  /** Waits until a terminal shows a text; line breaks of the window do not count. */
  async sees(number: number, text: string, timeoutMs = 60_000): Promise<void> {
    const wanted = text.replaceAll(/\s+/g, '');
    await expect
      .poll(async () => (await this.screen(number)).replaceAll(/\s+/g, ''), { timeout: timeoutMs, intervals: [50, 100, 200], message: `terminal ${number} shows ${text}` })
      .toContain(wanted);
  }

  async screen(number: number): Promise<string> {
    return (await this.terminal(number).locator('.xterm-rows').innerText()).replaceAll('\u00a0', ' ');
  }

  async setSpeed(speed: 'max'): Promise<void> {
    await this.page.evaluate(() => undefined);
    void speed;
  }

  step(number: number) {
    return this.page.getByTestId(`step-${number}`);
  }

  async stepIsDone(number: number, timeoutMs = 30_000): Promise<void> {
    await expect(this.step(number)).toHaveAttribute('data-state', 'done', { timeout: timeoutMs });
  }

  async addTerminal(number: number): Promise<void> {
    await this.page.getByTestId('add-terminal').click();
    await this.sees(number, '01-Verify-Installation$');
  }
}
