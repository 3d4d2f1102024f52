import type { Random } from '../../engine/kernel/random';

const ADJECTIVES = [
  'admiring', 'agitated', 'awesome', 'boring', 'brave', 'clever', 'confident', 'cranky', 'determined', 'dreamy', 'eager', 'elastic',
  'elegant', 'epic', 'festive', 'focused', 'friendly', 'gallant', 'happy', 'hopeful', 'infallible', 'jolly', 'keen', 'laughing',
  'loving', 'modest', 'musing', 'nifty', 'optimistic', 'peaceful', 'pensive', 'quirky', 'relaxed', 'romantic', 'serene', 'sharp',
  'silly', 'stoic', 'tender', 'thirsty', 'trusting', 'unruffled', 'upbeat', 'vibrant', 'vigilant', 'wizardly', 'xenodochial', 'zealous',
] as const;
const SURNAMES = [
  'agnesi', 'albattani', 'archimedes', 'babbage', 'bell', 'boyd', 'brahmagupta', 'carson', 'cori', 'curie', 'darwin', 'davinci',
  'dijkstra', 'einstein', 'elion', 'euclid', 'euler', 'fermat', 'feynman', 'franklin', 'galileo', 'goldberg', 'goodall', 'hawking',
  'heisenberg', 'hopper', 'hypatia', 'johnson', 'kepler', 'knuth', 'lamport', 'leakey', 'liskov', 'lovelace', 'mayer', 'meitner',
  'mirzakhani', 'newton', 'noether', 'pasteur', 'perlman', 'ride', 'shannon', 'stallman', 'torvalds', 'turing', 'wozniak', 'yonath',
] as const;

/** A name for a container that was given none: an adjective and a scientist. */
export function randomName(random: Random, taken: (name: string) => boolean): string {
  for (let attempt = 0; ; attempt++) {
    const name = `${ADJECTIVES[random.below(ADJECTIVES.length)] as string}_${SURNAMES[random.below(SURNAMES.length)] as string}`;
    const full = attempt > 4 ? `${name}${attempt}` : name;
    if (!taken(full)) return full;
  }
}
