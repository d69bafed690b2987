export interface Measurement {
  /** As CloudWatch spells names: TotalDocuments. */
  readonly name: string;
  readonly value: number;
  readonly unit: 'Count' | 'Seconds' | 'Milliseconds' | 'Bytes' | 'Percent';
}

/** Where figures go that a schedule takes, and nobody scrapes. May throw `throttled` or `unavailable`. */
export interface MetricSink {
  /** All at one time, ISO 8601. */
  put(measurements: readonly Measurement[], at: string): Promise<void>;
}
