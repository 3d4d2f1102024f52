import { openingLab } from '../app/opening-lab';
import { mountPage } from '../app/mount-page';
import { ScenePort } from './scene-port';
import { SCENES } from './scenes';

/** The page on a fixed scene, for looking at drawings: `?scene=produce`. Not part of the product. */
const name = new URLSearchParams(location.search).get('scene') ?? 'empty';
const scene = SCENES[name] ?? SCENES['empty']!;
void mountPage({ lab: openingLab(), createPort: () => new ScenePort(scene()) });
