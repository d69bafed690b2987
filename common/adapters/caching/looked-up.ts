import { LRUCache } from 'lru-cache';

export type CacheName = 'users' | 'tokens' | 'search' | 'queries';
/** Told of each look-up. A miss that joins another one under way counts as a hit: it costs nothing. */
export type OnLookup = (cache: CacheName, hit: boolean) => void;

export interface CacheOptions {
  readonly onLookup?: OnLookup;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

interface Settings<Value> extends CacheOptions {
  readonly name: CacheName;
  /** How many are kept at most: entries, or what `sizeOf` counts. */
  readonly most: number;
  readonly sizeOf?: (value: Value, key: string) => number;
  readonly ttlMs: number;
}

export interface LookedUp<Value> {
  /**
   * The value that is kept, or what `read` gives; callers at the same time share one reading, and what it throws is not
   * kept. @param ttlMs how long it may be kept, where that depends on the value; 0 or less: not at all
   */
  get(key: string, read: () => Promise<Value>, ttlMs?: (value: Value) => number): Promise<Value>;
  /** Something was written: what was read before serves nobody who asks from now on, even if it has yet to arrive. */
  forget(key: string): void;
  forgetAll(): void;
}

/** What was looked up lately: the least recently used goes first. */
export const lookedUp = <Value extends object | string>(settings: Settings<Value>): LookedUp<Value> => {
  const { name, most, sizeOf, ttlMs, onLookup = () => {}, now = Date.now } = settings;
  const bound = sizeOf === undefined ? { max: most } : { maxSize: most, sizeCalculation: sizeOf };
  const kept = new LRUCache<string, Value>({ ...bound, ttl: ttlMs, ttlResolution: 0, perf: { now } });
  const underWay = new Map<string, Promise<Value>>();

  const readNow = async (key: string, read: () => Promise<Value>, ttlOf: (value: Value) => number): Promise<Value> => {
    const reading = read();
    underWay.set(key, reading);
    try {
      const value = await reading;
      const ttl = ttlOf(value);
      if (underWay.get(key) === reading && ttl > 0) kept.set(key, value, { ttl });
      return value;
    } finally {
      if (underWay.get(key) === reading) underWay.delete(key);
    }
  };

  return {
    async get(key, read, ttlOf = () => ttlMs) {
      const known = kept.get(key) ?? underWay.get(key);
      onLookup(name, known !== undefined);
      return known ?? readNow(key, read, ttlOf);
    },
    forget(key) {
      kept.delete(key);
      underWay.delete(key);
    },
    forgetAll() {
      kept.clear();
      underWay.clear();
    },
  };
};

/** Runs a write; forgets once it is over, however it ended: it may have been done although it failed. */
export const afterwards = async <Result>(write: Promise<Result>, forget: () => void): Promise<Result> => {
  try {
    return await write;
  } finally {
    forget();
  }
};
