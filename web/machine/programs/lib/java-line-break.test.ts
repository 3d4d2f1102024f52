import { expect, test } from 'vitest';
import { lineBreakWords } from './java-line-break';

test.each([
  'don\'t ¦"quoted ¦text" ¦aaa¦(aaa) ¦b)¦(c',
  'the ¦--¦config ¦option ¦a-¦b-¦c ¦well-¦known ¦-1 ¦--2 ¦3-¦4',
  '1,000.5 ¦and ¦v1.¦2.3 ¦$100 ¦100% ¦5ms ¦host:¦9092 ¦a/b\\c',
  'x=y ¦<a> ¦{b} ¦[c] ¦#d ¦@e ¦~f ¦`g` ¦a&b ¦a|b ¦a*b ¦a+b',
  'end.¦The ¦"x". ¦\'y\'; ¦(see ¦z).',
  'e.¦g. ¦i.¦e. ¦(default: ¦5) ¦<Integer: ¦# ¦of ¦partitions>',
  'value, ¦...¦>',
  "tools.¦ConsoleProducer$LineMessageReader) ¦'--¦offsets'/'--members'/'--state' ¦and",
  'a--¦b ¦10-¦20 ¦a1-¦2b ¦1a2',
  '\t¦follower.¦replication.¦throttled.¦replicas',
])('Java breaks this line so: %s', (broken) => {
  expect(lineBreakWords(broken.replaceAll('¦', '')).join('¦')).toBe(broken);
});
