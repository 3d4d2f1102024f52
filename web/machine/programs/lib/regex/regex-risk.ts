import { type CharacterSet, type RegexNode, contains } from './regex-node';

/** How a backtracking matcher would fare with an expression. */
export interface Risk {
  /** Repeats that may try many lengths, one after the other: the work grows with this power of the text. */
  readonly degree: number;
  /** A repeat in a repeat: the work may double with every character. */
  readonly exponential: boolean;
  /** Alternatives that begin alike, so that the first that matches need not be the longest. */
  readonly ordered: boolean;
  readonly backreferences: boolean;
}

const NONE: Risk = { degree: 0, exponential: false, ordered: false, backreferences: false };

export function riskOf(node: RegexNode): Risk {
  switch (node.kind) {
    case 'backreference':
      return { ...NONE, degree: 1, backreferences: true };
    case 'group':
      return riskOf(node.body);
    case 'sequence':
      return node.parts.map(riskOf).reduce((a, b) => ({ ...joined(a, b), degree: a.degree + b.degree }), NONE);
    case 'alternatives': {
      const all = node.options.map(riskOf).reduce((a, b) => ({ ...joined(a, b), degree: Math.max(a.degree, b.degree) }), NONE);
      return { ...all, ordered: all.ordered || beginAlike(node.options) };
    }
    case 'repeat': {
      const inner = riskOf(node.body);
      const many = node.max === undefined || node.max > 1;
      const variable = node.max !== node.min;
      const exponential = inner.exponential || (many && (inner.degree > 0 || inner.ordered || canBeEmpty(node.body)));
      return { ...inner, exponential, degree: inner.degree + (variable && many ? 1 : 0) };
    }
    default:
      return NONE;
  }
}

function joined(a: Risk, b: Risk): Risk {
  return {
    degree: 0,
    exponential: a.exponential || b.exponential,
    ordered: a.ordered || b.ordered,
    backreferences: a.backreferences || b.backreferences,
  };
}

/** True when two of the alternatives may begin with the same character, or one may be empty. */
function beginAlike(options: readonly RegexNode[]): boolean {
  const firsts = options.map(firstOf);
  return firsts.some((a, i) => a === undefined || firsts.slice(i + 1).some((b) => b === undefined || overlap(a, b)));
}

/** What the node may begin with; undefined when that is not plain. */
function firstOf(node: RegexNode): CharacterSet | undefined {
  switch (node.kind) {
    case 'character':
      return { negated: false, ranges: [[node.code, node.code]] };
    case 'set':
      return node.set;
    case 'group':
      return firstOf(node.body);
    case 'sequence': {
      const first = node.parts.find((part) => part.kind !== 'assertion');
      return first === undefined || canBeEmpty(first) ? undefined : firstOf(first);
    }
    case 'repeat':
      return node.min === 0 ? undefined : firstOf(node.body);
    default:
      return undefined;
  }
}

function overlap(a: CharacterSet, b: CharacterSet): boolean {
  if (a.negated || b.negated) return true;
  return a.ranges.some(([low, high]) => b.ranges.some(([from, to]) => low <= to && from <= high) || contains(b, low));
}

export function canBeEmpty(node: RegexNode): boolean {
  switch (node.kind) {
    case 'character':
    case 'any':
    case 'set':
      return false;
    case 'group':
      return canBeEmpty(node.body);
    case 'sequence':
      return node.parts.every(canBeEmpty);
    case 'alternatives':
      return node.options.some(canBeEmpty);
    case 'repeat':
      return node.min === 0 || canBeEmpty(node.body);
    default:
      return true;
  }
}
