import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Note {
  readonly file: string;
  readonly subject: string;
  readonly text: string;
}

const HEAD = `# What is simpler than the real thing

Made from the \`Simplified:\` lines of the docstrings below \`web/\` (\`node web/cli/run.mjs simplified\` writes it; a test compares). Everything else is meant to be as the real programs are.
`;

/** The page that lists every deliberate simplification, so that a reader knows what to trust. */
export function simplificationsPage(root = 'web'): string {
  const notes = filesBelow(root).flatMap(notesOf);
  const folders = new Map<string, Note[]>();
  for (const note of notes) {
    const folder = note.file.split('/').slice(1, 3).join('/');
    folders.set(folder, [...(folders.get(folder) ?? []), note]);
  }
  const sections = [...folders].map(([folder, entries]) => {
    const rows = entries.map(({ file, subject, text }) => `- \`${file.split('/').at(-1)}\`${subject === '' ? '' : ` ${subject}`}: ${text}`);
    return `## ${folder}\n\n${rows.join('\n')}\n`;
  });
  return [HEAD, ...sections].join('\n');
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [path] : [];
    })
    .sort();
}

function notesOf(file: string): Note[] {
  const text = readFileSync(file, 'utf8');
  const notes: Note[] = [];
  for (const match of text.matchAll(/\/\*\*([\s\S]*?)\*\/\s*([^\n]*)/g)) {
    const body = (match[1] as string).split('\n').map((line) => line.replace(/^\s*\* ?/, '').trim());
    const start = body.findIndex((line) => line.startsWith('Simplified:'));
    if (start < 0) continue;
    let end = start + 1;
    while (end < body.length && body[end] !== '' && !/^(@|[A-Z][a-z]+:)/.test(body[end] as string)) end += 1;
    const subject = /(?:class|function\*?|const|interface)\s+(\w+)/.exec(match[2] as string)?.[1];
    notes.push({ file, subject: subject === undefined ? '' : `(${subject})`, text: body.slice(start, end).join(' ').replace('Simplified:', '').trim() });
  }
  return notes;
}
