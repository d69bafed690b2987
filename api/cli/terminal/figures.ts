/** Numbers as people read them. */

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

/** Decimal units, three figures at most: `999 B`, `1.2 MB`. */
export const bytes = (count: number): string => {
  let value = count;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
};

/** `1 document`, `2 documents`. */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;

/** Seconds as `12 s` or `3 min 5 s`. */
export const duration = (seconds: number): string => {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
};

/** An ISO time as `2026-11-22 16:03`, in the time zone of this machine. */
export const when = (iso: string): string => {
  const date = new Date(iso);
  if (Number.isNaN(date.valueOf())) return iso;
  const local = new Date(date.valueOf() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16).replace('T', ' ');
};
