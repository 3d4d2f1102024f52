import type { Image } from '../docker/image';
import { alpine } from './alpine';
import { helloWorld } from './hello-world';
import { kafka } from './kafka';
import { ubuntu } from './ubuntu';
import { zookeeper } from './zookeeper';

/** The images that the laptop's registry holds. */
export const REGISTRY: readonly Image[] = [alpine, helloWorld, ubuntu, kafka, zookeeper];
