/**
 * A lab as the page shows it and as its checks are numbered: what `lab.md` becomes when it is parsed.
 *
 * Why: plain data, so that it can be made at build time, cross to a worker and be rendered without a Markdown parser.
 * The checks themselves are not in here: a page has no use for them.
 */
export interface LabDocument {
  /** The lab's folder below `labs/`, such as `01-verify-installation`. */
  readonly id: string;
  readonly title: string;
  /** Chapter of the course: `01`. */
  readonly chapter: string;
  readonly minutes: number;
  /** How many terminals the lab uses, 1 to 4. */
  readonly terminals: number;
  /** The simulated Kafka release, such as `1.1.0`. */
  readonly release: string;
  /** Its folder on the laptop, such as `01-Verify-Installation`. */
  readonly folder: string;
  /** What stands before the first step. */
  readonly intro: readonly LabPiece[];
  readonly steps: readonly LabStep[];
}

export interface LabStep {
  readonly title: string;
  /** Prose and blocks in reading order. */
  readonly body: readonly LabPiece[];
  /** Shown when the student asks for it; empty when the lab gives none. */
  readonly hint: readonly LabPiece[];
}

/** One stretch of a step: prose, or one fenced block. */
export type LabPiece = LabProse | LabBlock;

export interface LabProse {
  readonly kind: 'prose';
  readonly nodes: readonly LabNode[];
}

/**
 * A fenced block. `sh` is typed into `terminal`, line by line; `keys` are keystrokes in tape words;
 * `output` is what to expect to see.
 */
export interface LabBlock {
  readonly kind: 'sh' | 'keys' | 'output';
  /** 1 to 4. */
  readonly terminal: number;
  readonly text: string;
}

/** Sanitized HTML as data. Every element and property that is not listed here is dropped by the page. */
export type LabNode = string | LabElement;

export interface LabElement {
  readonly tag: 'p' | 'em' | 'strong' | 'code' | 'a' | 'ul' | 'ol' | 'li' | 'br' | 'blockquote' | 'table' | 'thead' | 'tbody' | 'tr' | 'th' | 'td' | 'h3' | 'del' | 'hr';
  /** For `a` only: `file:docker-compose.yml` opens that file of the lab's folder in the file pane; `https:` leaves the page. */
  readonly href?: string;
  readonly children: readonly LabNode[];
}
