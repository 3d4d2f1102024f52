import { Ghost } from '../../drawing/cluster-pieces';
import type { Rect } from '../../drawing/cluster-pieces';
import { Label } from '../../drawing/svg-text';
import type { NextCommands } from '../../drawing/view';
import { Chip, chipWidth } from '../../drawing/chip';
import type { ClusterLayout } from './cluster-layout';
import type { ClusterSizes } from './cluster-sizes';

/** The producer and the consumer that are not there yet. Without room for the words only real clients are drawn. */
export function ClientGhosts({ layout, sizes, nextCommands }: { layout: ClusterLayout; sizes: ClusterSizes; nextCommands: NextCommands }) {
  if (layout.badgesOnly || !layout.single) return null;
  const running = layout.brokers.some(({ broker }) => broker?.state === 'running');
  return (
    <>
      {layout.ghostProducer && <ClientGhost box={layout.ghostProducer} name="Producer" does="writes records" command={running ? nextCommands.producer : null} sizes={sizes} side="left" />}
      {layout.ghostConsumer && <ClientGhost box={layout.ghostConsumer} name="Consumer" does="reads records" command={running ? nextCommands.consumer : null} sizes={sizes} side="right" />}
    </>
  );
}

function ClientGhost(props: { box: Rect; name: string; does: string; command: NextCommands['producer'] | null; sizes: ClusterSizes; side: 'left' | 'right' }) {
  const { box, name, does, command, sizes, side } = props;
  const mid = box.y + box.height / 2 + 6;
  const width = command ? chipWidth(command, sizes) : 0;
  // A chip wider than its outline grows towards the broker, where the room is.
  const x = width <= box.width + 8 ? box.x + (box.width - width) / 2 : side === 'left' ? box.x - sizes.pad / 2 : box.x + box.width + sizes.pad / 2 - width;
  return (
    <>
      <Ghost box={box} />
      <Label x={box.x + 16} mid={mid - sizes.lead / 2} text={name} cls="t-label w6 c-2" />
      <Label x={box.x + 16} mid={mid + sizes.lead / 2} text={does} cls="t-label c-3" />
      {command && <Chip command={command} x={x} mid={box.y} sizes={sizes} />}
    </>
  );
}
