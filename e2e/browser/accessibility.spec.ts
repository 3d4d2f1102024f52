import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { Student } from './steps';

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`);
}

for (const theme of ['light', 'dark'] as const) {
  test(`nothing in the page shuts anybody out, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    const student = new Student(page);
    await student.open();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'docker-compose.yml' }).first().click();
    await page.locator('.cm-content').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Close the file' }).click();
    await student.addTerminal(2);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Topic' }).click();
    await page.getByRole('button', { name: 'As a table' }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Keys' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await violations(page)).toEqual([]);
  });
}

test('everything can be reached from the keyboard', async ({ page }) => {
  const student = new Student(page);
  await student.open();
  await student.focus(1);
  await page.keyboard.press('F6');
  await expect(page.getByTestId('terminal-1').locator('textarea')).not.toBeFocused();
  await page.keyboard.press('2');
  await expect(page.getByRole('tab', { name: 'Topic' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('1');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Alt+1');
  await expect(page.getByTestId('terminal-1').locator('textarea')).toBeFocused();
});
