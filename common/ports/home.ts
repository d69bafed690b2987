import type { Ports } from './ports.ts';

/** Where the program lives: what answers its ports, and what differs by the place. */
export interface Home {
  readonly ports: Ports;
  /** A folder for this process's unfinished files; what a killed process left there is removed by the next. */
  readonly scratch: string;
  /** What records name as their s3Bucket. */
  readonly bucket: string;
  /** Whether the storage itself tells the extract queue of each original that has come in; if absent, no. */
  readonly storageAnnounces?: boolean;
  readonly upkeep: {
    /** How far clocks may differ, and how long a message may be on its way into a queue. */
    readonly graceMs: number;
    /** How often the workers sweep; absent where a schedule runs the maintenance commands. */
    readonly sweepEveryMs?: number;
  };
}
