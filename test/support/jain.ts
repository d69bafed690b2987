/**
 * How evenly something is shared: 1 when all have the same, 1 / n when one has all, NaN where there is nothing.
 * (sum x)^2 / (n * sum x^2). Source: Jain, Chiu and Hawe, DEC-TR-301, 1984.
 */
export const jainOf = (amounts: readonly number[]): number => {
  const sum = amounts.reduce((total, amount) => total + amount, 0);
  return sum ** 2 / (amounts.length * amounts.reduce((total, amount) => total + amount ** 2, 0));
};
