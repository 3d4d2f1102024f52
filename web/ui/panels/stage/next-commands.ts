import type { LabDocument } from '../../../lab/lab-document';
import type { NextCommand } from '../../drawing/chip';
import type { NextCommands } from '../../drawing/view';

/** What an outline shows, and how a lab's block that makes it real is recognised. */
const COMMANDS: Readonly<Record<keyof NextCommands, { text: string; inLab: RegExp }>> = {
  cluster: { text: 'docker-compose up', inLab: /docker-compose\b.*\bup\b/ },
  topic: { text: 'kafka-topics.sh --create', inLab: /kafka-topics\.sh\b.*--create/ },
  producer: { text: 'console-producer.sh', inLab: /kafka-console-producer\.sh/ },
  consumer: { text: 'console-consumer.sh', inLab: /kafka-console-consumer\.sh/ },
};

/** The commands with the lab's step that has each, if one has. */
export function nextCommands(lab: LabDocument | null, current: number): NextCommands {
  const command = (name: keyof NextCommands): NextCommand => {
    const { text, inLab } = COMMANDS[name];
    const index = lab?.steps.findIndex((step) => step.body.some((piece) => piece.kind === 'sh' && inLab.test(piece.text))) ?? -1;
    return { text, step: index < 0 ? null : index + 1, current: index >= 0 && index === current };
  };
  return { cluster: command('cluster'), topic: command('topic'), producer: command('producer'), consumer: command('consumer') };
}
