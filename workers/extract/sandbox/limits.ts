/** What one extraction may cost. Past memory or time its process is killed and the file counts as unreadable. */
export interface Limits {
  /** Of a child, over what Node itself takes. */
  readonly memoryBytes: number;
  readonly seconds: number;
  /** More for each megabyte of the file. */
  readonly secondsPerMegabyte: number;
  /** Children at once. */
  readonly processes: number;
  /** A child is replaced after so many documents, or when it keeps so much resident. */
  readonly documentsPerProcess: number;
  readonly residentBytes: number;
  /** An unused child ends. */
  readonly idleSeconds: number;
}

const MEGABYTE = 1024 * 1024;

export const LIMITS: Limits = {
  memoryBytes: 1024 * MEGABYTE,
  seconds: 120,
  secondsPerMegabyte: 2,
  processes: 2,
  documentsPerProcess: 500,
  residentBytes: 384 * MEGABYTE,
  idleSeconds: 20,
};

export const megabytes = (bytes: number): number => Math.round(bytes / MEGABYTE);

/** Milliseconds for a file of so many bytes. */
export const timeFor = (bytes: number, { seconds, secondsPerMegabyte }: Limits): number =>
  Math.round(1000 * (seconds + (bytes / MEGABYTE) * secondsPerMegabyte));
