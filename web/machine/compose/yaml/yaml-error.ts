/** A place in a file, counted from 0. */
export interface Mark {
  readonly line: number;
  readonly column: number;
}

/** A file that is not YAML, in PyYAML's words: context and problem, each with its place. */
export class YamlError extends Error {
  constructor(
    /** `yaml.scanner.ScannerError` and its like. */
    readonly pythonClass: string,
    fileName: string,
    context: string | undefined,
    contextMark: Mark | undefined,
    problem: string,
    problemMark: Mark,
  ) {
    const place = (mark: Mark): string => `  in "${fileName}", line ${mark.line + 1}, column ${mark.column + 1}`;
    const lines: string[] = [];
    if (context !== undefined) lines.push(context);
    const same = contextMark !== undefined && contextMark.line === problemMark.line && contextMark.column === problemMark.column;
    if (contextMark !== undefined && !same) lines.push(place(contextMark));
    lines.push(problem, place(problemMark));
    super(lines.join('\n'));
  }
}
