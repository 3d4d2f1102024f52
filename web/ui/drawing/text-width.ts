/** Advance widths of the page's sans in thousandths of its size, for the codes 32 to 126. */
const REGULAR = [
  280, 286, 301, 651, 592, 919, 731, 160, 299, 299, 485, 606, 210, 362, 210, 387, 648, 407, 548,
  576, 614, 588, 598, 510, 615, 595, 210, 210, 553, 628, 553, 480, 778, 626, 613, 645, 669, 569,
  552, 694, 694, 392, 512, 631, 541, 824, 693, 714, 592, 724, 614, 592, 558, 690, 593, 856, 623,
  575, 607, 317, 387, 344, 552, 372, 243, 525, 566, 485, 564, 538, 314, 558, 550, 252, 245, 492,
  262, 845, 550, 548, 566, 574, 349, 471, 326, 540, 461, 684, 481, 449, 460, 344, 237, 344, 555,
];
const STRONG = [
  303, 298, 362, 730, 604, 953, 727, 195, 324, 324, 485, 598, 252, 369, 253, 424, 656, 430, 569,
  592, 621, 602, 617, 529, 621, 578, 253, 253, 564, 617, 564, 526, 780, 662, 634, 654, 683, 589,
  562, 711, 699, 415, 546, 654, 548, 848, 710, 737, 617, 747, 639, 604, 592, 687, 628, 877, 666,
  627, 615, 333, 424, 344, 573, 391, 274, 544, 587, 502, 586, 555, 349, 582, 565, 285, 255, 536,
  301, 870, 565, 567, 587, 591, 368, 497, 360, 559, 509, 723, 522, 499, 492, 370, 249, 370, 543,
];
const OTHERS: Readonly<Record<string, readonly [number, number]>> = {
  '·': [240, 277],
  '“': [399, 455],
  '”': [399, 455],
  '…': [670, 747],
  '›': [353, 382],
  '–': [504, 502],
  '’': [236, 259],
  ' ': [280, 303],
};
const UNKNOWN = 620;

/**
 * Width in px of one line of text in the page's sans, without a document, so that a drawing can be laid out anywhere.
 * Simplified: no kerning; characters outside the table count as 0.62 em.
 */
export function textWidth(text: string, size: number, weight: 400 | 600 = 400): number {
  const table = weight === 400 ? REGULAR : STRONG;
  let sum = 0;
  for (const character of text) {
    sum += table[character.charCodeAt(0) - 32] ?? OTHERS[character]?.[weight === 400 ? 0 : 1] ?? UNKNOWN;
  }
  return (sum * size) / 1000;
}

/** The longest beginning of `text` that fits into `width` px, with an ellipsis when something was cut. */
export function fitText(text: string, width: number, size: number, weight: 400 | 600 = 400): string {
  if (textWidth(text, size, weight) <= width) return text;
  const characters = [...text];
  while (characters.length > 0 && textWidth(characters.join('') + '…', size, weight) > width) characters.pop();
  return characters.join('') + '…';
}

/** Left edges of things that stand beside each other from `start` on. */
export function sideBySide(widths: readonly number[], start: number): number[] {
  let next = start;
  return widths.map((width) => {
    const left = next;
    next += width;
    return left;
  });
}
