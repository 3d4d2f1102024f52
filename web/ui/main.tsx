import { createWorkerPort } from '../worker/client/worker-port';
import { mountPage } from './app/mount-page';
import { openingLab } from './app/opening-lab';
import { keepOffline } from './app/offline';

void mountPage({ lab: openingLab(), createPort: createWorkerPort });
keepOffline();
