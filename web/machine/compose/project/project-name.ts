/** `01-Verify-Installation` -> `01verifyinstallation`: compose up to 1.20 keeps lower-case letters and digits only. */
export function projectName(given: string | undefined, folder: string): string {
  const normal = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (given !== undefined && given !== '') return normal(given);
  return folder === '' ? 'default' : normal(folder);
}
