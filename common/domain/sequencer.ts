/**
 * Whether an S3 event is younger than another of the same key. Sequencers are hexadecimal and of any length: the
 * shorter one is padded with zeros on its left. Source: Amazon S3 User Guide, "Event message structure".
 */
export const isLater = (sequencer: string, than: string): boolean => {
  const length = Math.max(sequencer.length, than.length);
  return sequencer.toLowerCase().padStart(length, '0') > than.toLowerCase().padStart(length, '0');
};
