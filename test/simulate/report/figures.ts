const DAY = 86_400;
const HOUR = 3_600;
const MINUTE = 60;

export const percent = (share: number, digits = 1): string => `${(share * 100).toFixed(digits)} %`;

/** Two digits that count: for what is reckoned in proportion. */
export const about = (value: number): string => Number(value.toPrecision(2)).toLocaleString('en');

/** Three digits that count, or all before the point. */
export const rounded = (value: number): string => {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
};

export const duration = (seconds: number): string => {
  if (seconds >= 2 * DAY) return `${rounded(seconds / DAY)} days`;
  if (seconds >= 2 * HOUR) return `${rounded(seconds / HOUR)} h`;
  if (seconds >= 2 * MINUTE) return `${rounded(seconds / MINUTE)} min`;
  return `${rounded(seconds)} s`;
};
