import type { Mover } from './mover.ts';
import { BACKUPS } from './movers/backups.ts';
import { EDGES } from './movers/edges.ts';
import { IMAGES } from './movers/images.ts';
import { KEYS } from './movers/keys.ts';
import { LOGS } from './movers/logs.ts';
import { MODELS } from './movers/models.ts';
import { OUTPUTS } from './movers/outputs.ts';
import { PEOPLE } from './movers/people.ts';
import { REPLICAS } from './movers/replicas.ts';
import { SHARING } from './movers/sharing.ts';
import { STREAMS } from './movers/streams.ts';
import { TRANSFERS } from './movers/transfers.ts';

/** Every way of moving data that is known, by area. */
export const MOVERS: readonly Mover[] = [
  ...REPLICAS,
  ...BACKUPS,
  ...IMAGES,
  ...KEYS,
  ...STREAMS,
  ...LOGS,
  ...EDGES,
  ...MODELS,
  ...TRANSFERS,
  ...SHARING,
  ...OUTPUTS,
  ...PEOPLE,
];
